using System.Globalization;

namespace Matchmaking.Importing.Reading;

/// <summary>Reads CSV and TSV by RFC 4180, one record at a time.</summary>
/// <remarks>A quote that is never closed would swallow the rest of the file: such a record is reported with its line, and reading goes on
/// with the next line. A quoted part followed by more text is no quoting but text that has quotes, and is kept as it is.
/// Memory is bounded by <see cref="MaxRecord"/>.</remarks>
internal sealed class DelimitedReader(TextReader text, char delimiter)
{
    /// <summary>The longest record, in characters.</summary>
    public const int MaxRecord = 8 << 20;

    private char[] _buffer = new char[64 * 1024];
    private int _start;
    private int _end;
    private bool _drained;
    private long _line = 1;

    public IEnumerable<TableRow> Rows()
    {
        var cells = new List<string>();
        while (Fill(_start))
        {
            cells.Clear();
            var place = _line.ToString(CultureInfo.InvariantCulture);
            var outcome = Parse(cells, out var next, out var lines);
            if (outcome == Outcome.Record)
            {
                _start = next;
                _line += lines;
                yield return new TableRow(place, [.. cells]);
                continue;
            }
            var from = _start;
            var shown = new string(_buffer, from, Math.Min(60, _end - from));
            SkipLine();
            var reason = outcome == Outcome.OpenQuote
                ? "a quotation mark is opened and never closed, so that the row has no end; the row was left out and reading goes on with the next line"
                : $"the row is longer than {MaxRecord.ToString(CultureInfo.InvariantCulture)} characters";
            yield return new TableRow(place, [], new Reject(place, "", shown, reason));
        }
    }

    private enum Outcome
    {
        Record,
        OpenQuote,
        TooLong,
    }

    private Outcome Parse(List<string> cells, out int next, out int lines)
    {
        // Positions are relative to the record's start: the buffer may move while it is filled.
        var at = 0;
        lines = 0;
        while (true)
        {
            var cellStart = at;
            string cell;
            if (Peek(at) == '"')
            {
                if (!Quoted(ref at, ref lines, out cell))
                {
                    next = 0;
                    return Outcome.OpenQuote;
                }
                var after = Peek(at);
                while (after == ' ')
                    after = Peek(++at);
                if (after >= 0 && after != delimiter && after is not ('\n' or '\r'))
                {
                    at = cellStart;
                    lines -= cell.Count(c => c == '\n');
                    Bare(ref at);
                    cell = Slice(cellStart, at);
                }
            }
            else
            {
                Bare(ref at);
                cell = Slice(cellStart, at);
            }
            cells.Add(cell);
            var c = Peek(at);
            if (c == delimiter)
            {
                at++;
                continue;
            }
            if (c == '\r')
                c = Peek(++at);
            if (c == '\n')
            {
                at++;
                lines++;
            }
            next = _start + at;
            return at > MaxRecord ? Outcome.TooLong : Outcome.Record;
        }
    }

    private bool Quoted(ref int at, ref int lines, out string cell)
    {
        var from = ++at;
        var doubled = false;
        while (at < MaxRecord)
        {
            var c = Peek(at);
            if (c < 0)
                break;
            if (c == '\n')
                lines++;
            if (c == '"')
            {
                if (Peek(at + 1) != '"')
                {
                    cell = Slice(from, at);
                    if (doubled)
                        cell = cell.Replace("\"\"", "\"", StringComparison.Ordinal);
                    at++;
                    return true;
                }
                doubled = true;
                at++;
            }
            at++;
        }
        cell = "";
        return false;
    }

    private void Bare(ref int at)
    {
        for (var c = Peek(at); c >= 0 && c != delimiter && c != '\n' && at <= MaxRecord; c = Peek(++at))
        {
            if (c == '\r' && Peek(at + 1) is '\n' or -1)
                return;
        }
    }

    private void SkipLine()
    {
        while (Fill(_start))
        {
            var newline = Array.IndexOf(_buffer, '\n', _start, _end - _start);
            if (newline >= 0)
            {
                _start = newline + 1;
                _line++;
                return;
            }
            _start = _end;
        }
    }

    private string Slice(int from, int to) => new(_buffer, _start + from, to - from);

    private int Peek(int offset) => _start + offset < _end || Fill(_start + offset) ? _buffer[_start + offset] : -1; // _start is read again: filling may move it

    /// <summary>Whether there is a character at the position, reading more where needed.</summary>
    private bool Fill(int position)
    {
        while (position >= _end && !_drained)
        {
            if (_start > 0 && _end == _buffer.Length)
            {
                var moved = _start;
                Array.Copy(_buffer, _start, _buffer, 0, _end - _start);
                _end -= moved;
                position -= moved;
                _start = 0;
            }
            if (_end == _buffer.Length)
                Array.Resize(ref _buffer, _buffer.Length * 2);
            var read = text.Read(_buffer, _end, _buffer.Length - _end);
            _drained = read == 0;
            _end += read;
        }
        return position < _end;
    }
}
