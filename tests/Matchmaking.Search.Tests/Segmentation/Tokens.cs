using System.Text;
using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;

namespace Matchmaking.Search.Tests.Segmentation;

/// <summary>Prints what an analyzer makes of a text, as <c>term/start-end</c> separated by blanks.</summary>
internal static class Tokens
{
    public static string Print(Analyzer analyzer, string text)
    {
        var printed = new StringBuilder();
        using var stream = analyzer.GetTokenStream("text", text);
        var term = stream.GetAttribute<ICharTermAttribute>();
        var offsets = stream.GetAttribute<IOffsetAttribute>();
        stream.Reset();
        while (stream.IncrementToken())
        {
            if (printed.Length > 0)
                printed.Append(' ');
            printed.Append(term.Buffer, 0, term.Length).Append('/').Append(offsets.StartOffset).Append('-').Append(offsets.EndOffset);
        }
        stream.End();
        return printed.ToString();
    }
}
