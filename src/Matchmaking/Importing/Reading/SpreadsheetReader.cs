using System.Globalization;
using System.IO.Compression;
using System.Text;
using ExcelDataReader;
using ExcelDataReader.Exceptions;

namespace Matchmaking.Importing.Reading;

/// <summary>Reads XLSX and old binary XLS, row by row.</summary>
internal static class SpreadsheetReader
{
    // A workbook unpacks to some ten times its size; one that unpacks to a thousand times is an attack.
    private const long MaxUnpacked = 8L << 30;

    public static IEnumerable<Table> Tables(Stream stream, string fileName, bool zipped)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        IExcelDataReader reader;
        try
        {
            if (zipped)
                CheckArchive(stream, fileName);
            reader = ExcelReaderFactory.CreateReader(stream, new ExcelReaderConfiguration { FallbackEncoding = Encoding.GetEncoding("GB18030"), LeaveOpen = true });
        }
        catch (Exception e) when (e is ExcelReaderException or InvalidDataException or IOException or ArgumentException or NullReferenceException or FormatException or IndexOutOfRangeException or System.Xml.XmlException or OverflowException)
        {
            throw new UnreadableFileException(e is InvalidPasswordException
                ? $"{fileName}: the workbook is protected by a password"
                : $"{fileName}: a damaged workbook: {e.Message.ReplaceLineEndings(" ")}", e);
        }
        return Sheets(reader, fileName);
    }

    private static IEnumerable<Table> Sheets(IExcelDataReader reader, string fileName)
    {
        using (reader)
        {
            var several = reader.ResultsCount > 1;
            do
            {
                yield return new Table(reader.Name, true, Rows(reader, several ? reader.Name + ":" : "", fileName));
            }
            while (Advance(reader.NextResult, fileName));
        }
    }

    private static IEnumerable<TableRow> Rows(IExcelDataReader reader, string prefix, string fileName)
    {
        while (Advance(reader.Read, fileName))
        {
            var cells = new string[reader.FieldCount];
            for (var i = 0; i < cells.Length; i++)
                cells[i] = Text(reader.GetValue(i));
            yield return new TableRow(prefix + (reader.Depth + 1).ToString(CultureInfo.InvariantCulture), cells);
        }
    }

    private static bool Advance(Func<bool> step, string fileName)
    {
        try
        {
            return step();
        }
        catch (Exception e) when (e is ExcelReaderException or InvalidDataException or EndOfStreamException or System.Xml.XmlException or FormatException or IndexOutOfRangeException or ArgumentException or NullReferenceException or OverflowException)
        {
            throw new UnreadableFileException($"{fileName}: a damaged workbook: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        // Never in exponent form: 2.010105546377E+12 is how patent numbers are lost.
        double number when Math.Abs(number) < 1e15 && number == Math.Floor(number) => ((long)number).ToString(CultureInfo.InvariantCulture),
        double number when Math.Abs(number) is < 1e15 and > 1e-6 => ((decimal)number).ToString(CultureInfo.InvariantCulture),
        DateTime date when date.TimeOfDay == TimeSpan.Zero => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime date => date.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static void CheckArchive(Stream stream, string fileName)
    {
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true))
        {
            if (!archive.Entries.Any(e => e.FullName.StartsWith("xl/", StringComparison.OrdinalIgnoreCase)))
                throw new UnreadableFileException($"{fileName}: a ZIP archive without a workbook in it ({archive.Entries.Count} files); unpack it and import what is inside");
            if (archive.Entries.Sum(e => e.Length) > MaxUnpacked)
                throw new UnreadableFileException($"{fileName}: the workbook unpacks to more than {MaxUnpacked >> 30} GB");
        }
        stream.Position = 0;
    }
}
