using System.Text.RegularExpressions;

namespace Matchmaking.Ide;

/// <summary>An operation of <c>schema/operations</c>, as the IDE shows it: the question it answers, in English and Chinese.</summary>
internal sealed partial record Sample(string Name, string Kind, string Question, string? Chinese, string Text)
{
    private const string Prefix = "operations/";

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<Sample> All { get; } =
    [
        .. typeof(Sample).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Read(Path.GetFileNameWithoutExtension(name), Resource(name))),
    ];

    /// <summary>Reads an operation, whose first line is the question: <c># English? 中文？</c></summary>
    public static Sample Read(string name, string text)
    {
        text = text.ReplaceLineEndings("\n");
        var question = FirstLine().Match(text);
        var kind = Keyword().Match(text) is { Success: true } match ? match.Value : "query";
        var chinese = question.Groups["chinese"].Value;
        return new Sample(name, kind, question.Groups["english"].Value, chinese.Length > 0 ? chinese : null, text);
    }

    internal static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(Sample).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"\A# (?<english>[^?\n]*\?)[ ]*(?<chinese>[^\n]*)")]
    private static partial Regex FirstLine();

    [GeneratedRegex("^(query|mutation|subscription)", RegexOptions.Multiline)]
    private static partial Regex Keyword();
}
