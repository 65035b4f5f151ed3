using System.Text;
using Matchmaking.Importing.Reading;

namespace Matchmaking.Importing.Writing;

/// <summary>The list of rejected rows: line, field, value, reason; removed when it stays empty.</summary>
internal sealed class RejectsFile : IDisposable
{
    private const int MaxCell = 300;

    private readonly FileStream _file;

    /// <param name="path">Where it stands.</param>
    /// <param name="committed">Its length at the last committed batch of an interrupted run; what stands behind that is cut off.</param>
    public RejectsFile(string path, long committed)
    {
        Path = path;
        try
        {
            _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableFileException($"{path}: the list of rejected rows can't be written here: {e.Message.ReplaceLineEndings(" ")} (--rejects names another place)", e);
        }
        _file.SetLength(committed > 0 && _file.Length >= committed ? committed : 0);
        _file.Seek(0, SeekOrigin.End);
        if (_file.Length == 0)
            _file.Write([.. Encoding.UTF8.Preamble, .. "line\tfield\tvalue\treason\n"u8]);
    }

    public string Path { get; }

    public long Length => _file.Length;

    public void Append(IEnumerable<Reject> rejects)
    {
        var lines = new StringBuilder();
        foreach (var reject in rejects)
            lines.Append(Cell(reject.Place)).Append('\t').Append(Cell(reject.Field)).Append('\t').Append(Cell(reject.Value)).Append('\t').Append(Cell(reject.Reason)).Append('\n');
        if (lines.Length == 0)
            return;
        _file.Write(Encoding.UTF8.GetBytes(lines.ToString()));
        _file.Flush(flushToDisk: true);
    }

    /// <summary>Takes back what a failed batch had written.</summary>
    public void CutTo(long length)
    {
        _file.SetLength(length);
        _file.Seek(0, SeekOrigin.End);
    }

    public void Remove()
    {
        _file.Dispose();
        File.Delete(Path);
    }

    public void Dispose() => _file.Dispose();

    private static string Cell(string text)
    {
        var cell = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (cell.Length >= MaxCell)
            {
                cell.Append('…');
                break;
            }
            cell.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        }
        return cell.ToString();
    }
}
