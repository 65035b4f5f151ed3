namespace Matchmaking.Search.Highlighting;

// Parts a text into fragments, one after the other and without gaps, each as long as the bound allows.
internal static class Fragmenter
{
    public static IEnumerable<(int Start, int End)> Cut(string text, List<(int Start, int End)> marks, int length)
    {
        var mark = 0;
        for (var start = 0; start < text.Length;)
        {
            while (mark < marks.Count && marks[mark].End <= start)
            {
                mark++;
            }

            var end = text.Length - start <= length ? text.Length : End(text, marks, mark, start, length);
            yield return (start, end);
            start = end;
        }
    }

    // Moves a place that is within a surrogate pair out of it.
    public static int Whole(string text, int at, bool forward)
    {
        var within = at > 0 && at < text.Length && char.IsLowSurrogate(text[at]) && char.IsHighSurrogate(text[at - 1]);
        return !within ? at : forward ? at + 1 : at - 1;
    }

    // The last end of a sentence within reach, else of a clause, else of a character, but not amid a mark if that can be helped.
    private static int End(string text, List<(int Start, int End)> marks, int mark, int start, int length)
    {
        var clause = -1;
        var character = -1;
        for (var end = start + length; end > start; end--)
        {
            if (Whole(text, end, forward: false) != end || Splits(marks, mark, end))
            {
                continue;
            }

            if (EndsSentence(text, end) && end - start >= length / 4)
            {
                return end;
            }

            if (clause < 0 && EndsClause(text, end) && end - start >= length / 4)
            {
                clause = end;
            }

            character = Math.Max(character, end);
        }

        return clause > 0 ? clause : character > 0 ? character : Whole(text, start + length, forward: false);
    }

    private static bool Splits(List<(int Start, int End)> marks, int mark, int end)
    {
        for (; mark < marks.Count && marks[mark].Start < end; mark++)
        {
            if (marks[mark].End > end)
            {
                return true;
            }
        }

        return false;
    }

    private static bool EndsSentence(string text, int end) => text[end - 1] switch
    {
        '。' or '！' or '？' or '；' or '!' or '?' or ';' or '\n' => true,
        '.' => end == text.Length || char.IsWhiteSpace(text[end]),
        _ => false,
    };

    private static bool EndsClause(string text, int end) => text[end - 1] is '，' or '、' or '：' or ',' or ':' or ' ' or '　' or '）' or ')';
}
