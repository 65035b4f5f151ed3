using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Matchmaking.Tests.Transport.Fuzzing;

/// <summary>Makes documents that are nearly GraphQL out of documents that are.</summary>
internal sealed partial class DocumentMutator
{
    private static readonly string[] Nasty =
    [
        "\"\\ud800\"", "\"\\u0000\"", "\"\\uD83D\\uDE00\"", "\"\"", "\"\"\"a\\\"\"\"b\"\"\"", "\"石墨烯\"", "\"'; DROP TABLE patents; --\"", "\"%_\\\\\"", "\"*\"", "\"\\\"\"", "\"年份:2019..\"", "\"ipc:\"", "\"+-\"", "\"(((((((\"",
        "0", "-0", "-1", "1", "51", "2147483647", "2147483648", "-9223372036854775809", "1e999", "-1e-999", "0.1", "99999999999999999999999999999999999999", "1.7976931348623157E+308",
        "null", "true", "false", "[]", "{}", "[[[[]]]]", "[null]", "{a: 1}", "$x", "$first", "ENUM", "DESC", "\"2020-02-30\"", "\"9999-12-31T23:59:59.9999999Z\"", "\"UGF0ZW50OjE=\"", "\"////\"",
        "{ and: [{ or: [{}] }] }", "{ title: { contains: \"\" } }", "{ eq: null }", "{ in: [] }", "@skip(if: true)", "@include(if: $x)", "@include", "@deprecated", "...", "... on Patent", "...F", "fragment", "on", "query", "mutation", "subscription",
        "__typename", "__schema { types { name } }", "__type(name: \"Patent\") { fields { name } }", "{", "}", "(", ")", "[", "]", ":", "!", "=", "|", "&", "#", "\uFEFF", ",", "\t", "\u2028", "\\", "`",
    ];

    private readonly string[][] _documents;
    private readonly string[] _tokens;

    public DocumentMutator(IEnumerable<string> documents)
    {
        _documents = [.. documents.Select(d => Tokens().Matches(d).Select(m => m.Value).ToArray())];
        _tokens = [.. _documents.SelectMany(d => d).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>A document with a handful of mutations; often none, so that the ways behind the parser are walked too.</summary>
    public string Next(Random random)
    {
        var tokens = _documents[random.Next(_documents.Length)].ToList();
        for (var times = random.Next(5); times > 0 && tokens.Count > 0; times--)
            Mutate(tokens, random);
        var text = new StringBuilder();
        foreach (var token in tokens)
            text.Append(token).Append(token[0] == '#' ? '\n' : ' ');
        return text.ToString();
    }

    private void Mutate(List<string> tokens, Random random)
    {
        var at = random.Next(tokens.Count);
        switch (random.Next(14))
        {
            case 0:
                tokens.RemoveAt(at);
                break;
            case 1:
                tokens.Insert(at, tokens[random.Next(tokens.Count)]);
                break;
            case 2:
                var with = random.Next(tokens.Count);
                (tokens[at], tokens[with]) = (tokens[with], tokens[at]);
                break;
            case 3:
                tokens[at] = _tokens[random.Next(_tokens.Length)];
                break;
            case 4:
            case 5:
                // A value for a value keeps the document valid, and asks the resolvers.
                Values(tokens, random, () => Nasty[random.Next(Nasty.Length)]);
                break;
            case 6:
                Values(tokens, random, () => random.Next(-3, 1000).ToString(CultureInfo.InvariantCulture));
                break;
            case 7:
                tokens.Insert(at, Nasty[random.Next(Nasty.Length)]);
                break;
            case 8:
                var length = Math.Min(random.Next(1, 30), tokens.Count - at);
                tokens.InsertRange(at, Enumerable.Repeat(tokens.GetRange(at, length), random.Next(1, random.Next(10) == 0 ? 300 : 4)).SelectMany(t => t).ToArray());
                break;
            case 9:
                tokens.RemoveRange(at, Math.Min(random.Next(1, 10), tokens.Count - at));
                break;
            case 10:
                tokens.AddRange(_documents[random.Next(_documents.Length)]);
                break;
            case 11:
                var other = _documents[random.Next(_documents.Length)];
                tokens.RemoveRange(at, tokens.Count - at);
                tokens.AddRange(other[random.Next(other.Length)..]);
                break;
            case 12:
                var depth = random.Next(1, random.Next(20) == 0 ? 600 : 20);
                tokens.InsertRange(at, Enumerable.Repeat(random.Next(2) == 0 ? "{" : "[", depth));
                break;
            default:
                Alias(tokens, at, random);
                break;
        }
    }

    private static void Values(List<string> tokens, Random random, Func<string> value)
    {
        var start = random.Next(tokens.Count);
        for (var i = 0; i < tokens.Count; i++)
        {
            var at = (start + i) % tokens.Count;
            if (tokens[at][0] is not ('"' or '-' or (>= '0' and <= '9')))
                continue;
            tokens[at] = value();
            return;
        }
    }

    private static void Alias(List<string> tokens, int at, Random random)
    {
        var open = tokens.IndexOf("{", at);
        if (open < 0)
            return;
        var count = random.Next(1, random.Next(20) == 0 ? 3000 : 20);
        tokens.InsertRange(open + 1, Enumerable.Range(0, count).SelectMany(i => (string[])[$"a{i}", ":", "__typename"]));
    }

    [GeneratedRegex("""#[^\n]*|\.\.\.|"{3}[\s\S]*?"{3}|"(?:\\.|[^"\\\n])*"|\$?[A-Za-z_]\w*|-?\d+(?:\.\d+)?|[^\s,]""")]
    private static partial Regex Tokens();
}
