using System.Runtime.InteropServices;
using System.Text;
using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;

namespace Matchmaking.Search.Highlighting;

/// <summary>Shows where terms stand in a text: fragments as HTML, matches within <c>&lt;em&gt;</c>, all else escaped.</summary>
/// <remarks>
/// Each fragment, its tags taken out and unescaped, is a part of the text as it was given. Fragments end at sentences or clauses
/// where these are short enough, and never within a surrogate pair. Safe for many threads if the analyzer is.
/// </remarks>
public sealed class Highlighter(Analyzer analyzer, string field = "text")
{
    /// <summary>How long a snippet is at most, in UTF-16 characters of the text.</summary>
    public const int SnippetLength = 60;

    /// <summary>The best fragments that hold at least one term, best first; none where no term stands in the text.</summary>
    /// <param name="text">The text as it is stored.</param>
    /// <param name="terms">The terms as the analyzer gives them, with what each is worth.</param>
    /// <param name="maxFragments">At most so many fragments.</param>
    /// <param name="fragmentLength">At most so many UTF-16 characters of the text in one fragment; at least 2.</param>
    public IReadOnlyList<string> Highlight(string text, IReadOnlyDictionary<string, double> terms, int maxFragments = 3, int fragmentLength = 120)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxFragments);
        ArgumentOutOfRangeException.ThrowIfLessThan(fragmentLength, 2);
        var matches = Find(text, terms);
        if (matches.Count == 0)
        {
            return [];
        }

        var marks = Merge(matches);
        var fragments = new List<(double Worth, int Start, int End)>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var next = 0;
        foreach (var (start, end) in Fragmenter.Cut(text, marks, fragmentLength))
        {
            seen.Clear();
            var worth = 0.0;
            for (; next < matches.Count && matches[next].Start < end; next++)
            {
                // A term counts once per fragment: many terms say more than one term many times.
                worth += seen.Add(matches[next].Term) ? terms[matches[next].Term] : 0;
            }

            if (seen.Count > 0)
            {
                fragments.Add((worth, start, end));
            }
        }

        return [.. fragments.OrderByDescending(fragment => fragment.Worth).ThenBy(fragment => fragment.Start)
            .Take(maxFragments).Select(fragment => Write(text, marks, fragment.Start, fragment.End))];
    }

    /// <summary>The surroundings of a term in a text, marked and escaped like a fragment, or null where it doesn't stand there.</summary>
    public string? Snippet(string text, string term, int length = SnippetLength) =>
        Highlight(text, new Dictionary<string, double>(1, StringComparer.Ordinal) { [term] = 1 }, 1, length).FirstOrDefault();

    private static List<(int Start, int End)> Merge(List<(int Start, int End, string Term)> matches)
    {
        var marks = new List<(int Start, int End)>();
        foreach (var (start, end, _) in matches)
        {
            // Words of one run that touch are read as one.
            if (marks.Count > 0 && start <= marks[^1].End)
            {
                marks[^1] = (marks[^1].Start, Math.Max(marks[^1].End, end));
            }
            else
            {
                marks.Add((start, end));
            }
        }

        return marks;
    }

    private static string Write(string text, List<(int Start, int End)> marks, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        var html = new StringBuilder(end - start + 32);
        var at = start;
        foreach (var mark in marks)
        {
            var (from, to) = (Math.Max(mark.Start, start), Math.Min(mark.End, end));
            if (from < to)
            {
                Escape(html, text.AsSpan(at, from - at));
                html.Append("<em>");
                Escape(html, text.AsSpan(from, to - from));
                html.Append("</em>");
                at = to;
            }
        }

        Escape(html, text.AsSpan(at, end - at));
        return html.ToString();
    }

    private static void Escape(StringBuilder html, ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            switch (c)
            {
                case '&':
                    html.Append("&amp;");
                    break;
                case '<':
                    html.Append("&lt;");
                    break;
                case '>':
                    html.Append("&gt;");
                    break;
                case '"':
                    html.Append("&quot;");
                    break;
                case '\'':
                    html.Append("&#39;");
                    break;
                default:
                    html.Append(c);
                    break;
            }
        }
    }

    // The tokens that are terms, by start. Offsets are pulled into the text and out of surrogate pairs, whatever the analyzer says.
    private List<(int Start, int End, string Term)> Find(string text, IReadOnlyDictionary<string, double> terms)
    {
        var matches = new List<(int Start, int End, string Term)>();
        if (terms.Count == 0)
        {
            return matches;
        }

        using var stream = analyzer.GetTokenStream(field, text);
        var term = stream.AddAttribute<ICharTermAttribute>();
        var offset = stream.AddAttribute<IOffsetAttribute>();
        var names = terms.Keys.ToHashSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        stream.Reset();
        while (stream.IncrementToken())
        {
            if (names.TryGetValue(term.Buffer.AsSpan(0, term.Length), out var name))
            {
                var start = Fragmenter.Whole(text, Math.Clamp(offset.StartOffset, 0, text.Length), forward: false);
                var end = Fragmenter.Whole(text, Math.Clamp(offset.EndOffset, start, text.Length), forward: true);
                if (start < end)
                {
                    matches.Add((start, end, name));
                }
            }
        }

        stream.End();
        CollectionsMarshal.AsSpan(matches).Sort(static (a, b) => a.Start != b.Start ? a.Start - b.Start : a.End - b.End);
        return matches;
    }
}
