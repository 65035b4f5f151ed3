using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Matchmaking.Importing.Reading;

/// <summary>Opens a file as what its content shows it to be, whatever its name ends in.</summary>
internal static class SourceFile
{
    /// <summary>The records of a file or, for XML, of a directory of files, and the digest of their bytes.</summary>
    public static (RowSource Source, byte[] Digest) Open(string path, ImportKind kind, Headings headings)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
        try
        {
            return Directory.Exists(path) ? OpenDirectory(path, name, kind) : OpenFile(path, name, kind, headings);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UnreadableFileException($"{path}: there is no such file", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new UnreadableFileException($"{path}: no permission to read it", e);
        }
        catch (IOException e)
        {
            throw new UnreadableFileException($"{path}: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    private static (RowSource, byte[]) OpenDirectory(string path, string name, ImportKind kind)
    {
        if (kind != ImportKind.Patents)
            throw new UnreadableFileException($"{name}: a directory; only patents can be imported from a directory of XML files");
        var options = new EnumerationOptions { RecurseSubdirectories = true, MatchCasing = MatchCasing.CaseInsensitive };
        var files = Directory.EnumerateFiles(path, "*.xml", options).Order(StringComparer.Ordinal).ToList();
        if (files.Count == 0)
            throw new UnreadableFileException($"{name}: a directory without XML files");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var opened = new List<(string, Func<Stream>, int)>(files.Count);
        foreach (var file in files)
        {
            using var stream = Read(file);
            var seen = TextDetection.Of(stream);
            hash.AppendData(seen.Digest);
            opened.Add((Path.GetRelativePath(path, file).Replace('\\', '/'), () => Read(file), seen.XmlDeclarations));
        }
        return (new PatentXmlSource(name, opened) { Format = $"directory of {files.Count} XML files" }, hash.GetHashAndReset());
    }

    private static (RowSource, byte[]) OpenFile(string path, string name, ImportKind kind, Headings headings)
    {
        TextDetection seen;
        using (var stream = Read(path))
            seen = TextDetection.Of(stream);
        if (seen.Length == 0)
            throw new UnreadableFileException($"{name}: the file is empty");
        return (Open(path, name, kind, headings, seen), seen.Digest);
    }

    private static RowSource Open(string path, string name, ImportKind kind, Headings headings, TextDetection seen)
    {
        var head = seen.Head.AsSpan();
        if (head.StartsWith("PK\u0003\u0004"u8) || head.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
        {
            var zipped = head[0] == 'P';
            var stream = Read(path);
            return new TableSource(kind, headings, name, SpreadsheetReader.Tables(stream, name, zipped), stream) { File = stream, Format = zipped ? "XLSX" : "XLS" };
        }
        var known = Magic(head);
        if (known is not null || seen.Encoding is null)
            throw new UnreadableFileException($"{name}: {known ?? "binary data"}, which is no table, JSON or patent XML");
        var start = seen.Encoding.GetString(head).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (start.Length == 0)
            throw new UnreadableFileException($"{name}: the file has only blanks");
        if (start[0] == '<')
            return Xml(path, name, kind, seen, start);
        if (start[0] is '{' or '[' && LooksLikeJson(start))
        {
            var lines = start[0] == '{' && IsOneLine(start);
            var json = Read(path);
            return new JsonSource(headings, name, json, seen.Encoding, lines, start[0] == '{') { File = json, Format = (lines ? "JSON lines, " : "JSON, ") + seen.EncodingName };
        }
        var delimiter = Delimiter(start, kind, headings);
        var file = Read(path);
        var text = new StreamReader(file, seen.Encoding, detectEncodingFromByteOrderMarks: false, 128 * 1024);
        if (text.Peek() == '\uFEFF')
            text.Read();
        var table = new Table(null, false, new DelimitedReader(text, delimiter).Rows());
        return new TableSource(kind, headings, name, [table], text)
        {
            File = file,
            Format = $"{(delimiter == '\t' ? "TSV" : delimiter == ',' ? "CSV" : $"text delimited by {delimiter}")}, {seen.EncodingName}",
        };
    }

    private static PatentXmlSource Xml(string path, string name, ImportKind kind, TextDetection seen, string start)
    {
        if (start.StartsWith("<html", StringComparison.OrdinalIgnoreCase) || start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || start.StartsWith("<table", StringComparison.OrdinalIgnoreCase))
            throw new UnreadableFileException($"{name}: an HTML page; open it in a spreadsheet program and save it as XLSX or CSV");
        if (start.Contains("urn:schemas-microsoft-com:office:spreadsheet", StringComparison.Ordinal))
            throw new UnreadableFileException($"{name}: a spreadsheet of the XML format of 2003; open it in a spreadsheet program and save it as XLSX or CSV");
        if (kind != ImportKind.Patents)
            throw new UnreadableFileException($"{name}: XML, from which only patents can be imported");
        return new PatentXmlSource(name, [(name, () => Read(path), seen.XmlDeclarations)]) { Format = "XML" };
    }

    /// <summary>The delimiter under which the first lines have the best heading row.</summary>
    private static char Delimiter(string start, ImportKind kind, Headings headings)
    {
        var best = ',';
        var bestScore = 0;
        foreach (var candidate in (ReadOnlySpan<char>)[',', '\t', ';', '|', '，', '^'])
        {
            var rows = new DelimitedReader(new StringReader(start), candidate).Rows().Where(r => !r.IsBlank).Take(TableSource.HeadingRows).ToList();
            var heading = TableSource.Best(rows, kind, headings);
            var score = heading < 0 ? 0 : TableSource.Score(rows[heading].Cells, kind, headings);
            if (score > bestScore)
                (best, bestScore) = (candidate, score);
        }
        return best;
    }

    private static bool LooksLikeJson(string start)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(start), isFinalBlock: false, default);
        try
        {
            for (var i = 0; i < 3 && reader.Read(); i++)
            {
            }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Whether the first object ends with its line, or the line goes on beyond what was seen.</summary>
    private static bool IsOneLine(string start)
    {
        var end = start.IndexOf('\n');
        if (end < 0)
            return true;
        try
        {
            using var document = JsonDocument.Parse(start[..end]);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string? Magic(ReadOnlySpan<byte> head) =>
        head.StartsWith("%PDF"u8) ? "a PDF document"
        : head.StartsWith("Rar!"u8) ? "a RAR archive"
        : head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) ? "a gzip archive"
        : head.StartsWith((ReadOnlySpan<byte>)[0x37, 0x7A, 0xBC, 0xAF]) ? "a 7z archive"
        : head.StartsWith("SQLite format 3"u8) ? "a SQLite database"
        : head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47]) || head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "a picture"
        : null;

    private static FileStream Read(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 128 * 1024, FileOptions.SequentialScan);
}
