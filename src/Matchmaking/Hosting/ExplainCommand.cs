using System.CommandLine;
using System.Globalization;
using Matchmaking.Search.Analysis;
using Matchmaking.Search.Associations;

namespace Matchmaking.Hosting;

/// <summary>The verb <c>explain</c>: shows how the service comes to what it does.</summary>
public static class ExplainCommand
{
    private const int NearWords = 5;

    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var text = new Argument<string>("TEXT") { Description = "A title, a need, a sentence" };
        var analysis = new Command("analysis", "Show each step from a text to the terms that are indexed and asked for, and what words lie near (分析过程)") { text };
        analysis.SetAction(parsed =>
        {
            Print(parsed.GetValue(text)!, parsed.InvocationConfiguration.Output);
            return 0;
        });
        return new Command("explain", "Explain how the service works on something (解释)") { analysis };
    }

    private static void Print(string text, TextWriter output)
    {
        var steps = AnalysisSteps.Of(text);
        output.WriteLine($"folded     {steps.Folded}");
        foreach (var sentence in steps.Sentences)
            output.WriteLine($"words      {string.Join(" | ", sentence)}");
        output.WriteLine($"left out   {(steps.LeftOut.Count > 0 ? string.Join(" | ", steps.LeftOut) : "nothing")}");
        foreach (var place in steps.Terms.GroupBy(term => term.Position))
        {
            var terms = place.Where(term => term.Kind != TextTokenKind.Character)
                .Select(term => term.Kind == TextTokenKind.Word ? term.Text : $"{term.Text} ({TechnicalTokenizer.TypeOf(term.Kind)})");
            var characters = place.Where(term => term.Kind == TextTokenKind.Character).Select(term => term.Text).ToList();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{place.Key,-10} {string.Join(", ", terms)}{(characters.Count > 0 ? "; characters " + string.Join(' ', characters) : "")}"));
        }
        var words = steps.Terms.Where(term => term.Kind is TextTokenKind.Word or TextTokenKind.TechnicalWord).Select(term => term.Text).Distinct(StringComparer.Ordinal);
        foreach (var word in words)
        {
            var near = AssociationTable.Shipped.Near(word, NearWords).Select(n => string.Create(CultureInfo.InvariantCulture, $"{n.Word} {n.Closeness:0.00}")).ToList();
            output.WriteLine($"near       {word}: {(near.Count > 0 ? string.Join(", ", near) : "not among the associations")}");
        }
    }
}
