using System.CommandLine;
using System.Globalization;
using System.Text;
using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Util;
using Matchmaking.Search.Analysis;

namespace Matchmaking.Hosting;

/// <summary>The verb <c>segment</c>: reads lines and prints the tokens of each.</summary>
public static class SegmentCommand
{
    /// <summary>The verb with its option and argument.</summary>
    public static Command Create()
    {
        var analyzer = new Option<string>("--analyzer")
        {
            Description = "smart (default): as Lucene's SmartChineseAnalyzer; technical: as our index.",
            DefaultValueFactory = _ => "smart",
        };
        analyzer.AcceptOnlyFromAmong("smart", "technical");
        var file = new Argument<string?>("FILE")
        {
            Description = "Text in UTF-8; standard input when left out.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("segment", "Print the tokens of each line as term/start-end, separated by blanks.") { analyzer, file };
        command.SetAction(parsed =>
        {
            using var chosen = Analyzer(parsed.GetValue(analyzer)!);
            return Run(chosen, parsed.GetValue(file), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        });
        return command;
    }

    private static Analyzer Analyzer(string name) =>
        name == "smart" ? new SmartChineseAnalyzer(LuceneVersion.LUCENE_48) : new TechnicalTextAnalyzer();

    private static int Run(Analyzer analyzer, string? file, TextWriter output, TextWriter error)
    {
        try
        {
            using var stream = file is null ? Console.OpenStandardInput() : File.OpenRead(file);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            var line = new StringBuilder();
            while (reader.ReadLine() is { } text)
            {
                Print(analyzer, text, line.Clear());
                output.WriteLine(line);
            }
            output.Flush();
            return 0;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            error.WriteLine($"segment: cannot read {file ?? "standard input"}: {failure.Message}");
            return 1;
        }
    }

    private static void Print(Analyzer analyzer, string text, StringBuilder line)
    {
        using var stream = analyzer.GetTokenStream("text", text);
        var term = stream.GetAttribute<ICharTermAttribute>();
        var offsets = stream.GetAttribute<IOffsetAttribute>();
        var type = stream.AddAttribute<ITypeAttribute>();
        stream.Reset();
        while (stream.IncrementToken())
        {
            // That each word has its characters goes without saying.
            if (type.Type == TechnicalTokenizer.TypeOf(TextTokenKind.Character))
                continue;
            if (line.Length > 0)
                line.Append(' ');
            line.Append(term.Buffer, 0, term.Length)
                .Append(CultureInfo.InvariantCulture, $"/{offsets.StartOffset}-{offsets.EndOffset}");
        }
        stream.End();
    }
}
