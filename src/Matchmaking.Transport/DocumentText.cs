using GraphQL;
using GraphQL.Validation;
using GraphQLParser;
using GraphQLParser.AST;
using GraphQLParser.Visitors;

namespace Matchmaking.Transport;

/// <summary>Finds strings in a document that escapes have made into no text: half a surrogate pair, or U+0000.</summary>
/// <remarks>The parser lets them through, and a database or an encoder further down fails at them.</remarks>
internal sealed class DocumentText : ASTVisitor<DocumentText.Found>
{
    private static readonly DocumentText Visitor = new();

    /// <summary>The error of a document that holds such a string; none where it doesn't.</summary>
    public static ExecutionErrors Check(GraphQLDocument document, string source)
    {
        // Only an escape can make one: JSON and UTF-8 have been checked before.
        if (!source.Contains("\\u", StringComparison.Ordinal))
            return [];
        var found = new Found(document.Source);
        // Complete at once: nothing here waits.
        Visitor.VisitAsync(document, found).AsTask().GetAwaiter().GetResult();
        return found.Error is { } error ? [error] : [];
    }

    protected override ValueTask VisitStringValueAsync(GraphQLStringValue stringValue, Found context)
    {
        var text = stringValue.Value.Span;
        if (context.Error is null && (text.Contains('\0') || !IsUnicode(text)))
            context.Error = new ValidationError(context.Source, null, "A string holds an escape that stands for no character of a text: half a surrogate pair, or U+0000.", stringValue) { Code = "HC0014" };
        return default;
    }

    private static bool IsUnicode(ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOfAnyInRange('\uD800', '\uDFFF'); at >= 0 && at < text.Length; at++)
        {
            if (!char.IsSurrogate(text[at]))
                continue;
            if (!char.IsHighSurrogate(text[at]) || at + 1 == text.Length || !char.IsLowSurrogate(text[++at]))
                return false;
        }
        return true;
    }

    /// <summary>What a walk through one document found.</summary>
    internal sealed class Found(ROM source) : IASTVisitorContext
    {
        public ROM Source => source;

        public ExecutionError? Error { get; set; }

        public CancellationToken CancellationToken => default;
    }
}
