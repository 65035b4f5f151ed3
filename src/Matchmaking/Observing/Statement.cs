using System.Text;

namespace Matchmaking.Observing;

/// <summary>What may be told of an SQL statement.</summary>
internal static class Statement
{
    private static readonly string[] Operations = ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "PRAGMA", "CREATE", "ALTER", "DROP", "BEGIN", "COMMIT"];

    /// <summary>Its first word, where it is one of the usual ones; else OTHER, so that there are only a few.</summary>
    public static string Operation(string text)
    {
        var rest = text.AsSpan().TrimStart();
        while (rest.StartsWith("--", StringComparison.Ordinal))
        {
            var end = rest.IndexOf('\n');
            rest = end < 0 ? default : rest[(end + 1)..].TrimStart();
        }
        foreach (var operation in Operations)
        {
            if (rest.StartsWith(operation, StringComparison.OrdinalIgnoreCase))
                return operation;
        }
        return "OTHER";
    }

    /// <summary>The text with a question mark for each quoted literal, should one ever stand where a parameter ought to.</summary>
    public static string WithoutLiterals(string text)
    {
        if (!text.Contains('\'', StringComparison.Ordinal))
            return text;
        var kept = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\'')
            {
                kept.Append(text[i]);
                continue;
            }
            // A doubled quote stands for one within the literal.
            for (i++; i < text.Length && (text[i] != '\'' || (i + 1 < text.Length && text[i + 1] == '\'')); i++)
            {
                if (text[i] == '\'')
                    i++;
            }
            kept.Append('?');
        }
        return kept.ToString();
    }
}
