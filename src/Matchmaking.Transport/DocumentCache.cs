using GraphQL.Types;
using GraphQLParser.AST;

namespace Matchmaking.Transport;

/// <summary>Documents that were parsed and found valid, by their text; the longest unused go first.</summary>
/// <remarks>Safe for many threads. Only what was executed is kept, so refused documents push nothing out. What depends on the request,
/// its variables and its protocol, is checked each time anew. A tree takes some thirty times the bytes of its text.</remarks>
internal sealed class DocumentCache(int maxCharacters)
{
    /// <summary>One document may take so much of the room; a larger one is parsed each time.</summary>
    private const int LargestShare = 16;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _byText = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _byUse = [];

    /// <summary>The characters of all documents that are kept.</summary>
    public int Characters { get; private set; }

    /// <summary>The document of this text, if it is known to be valid for this schema.</summary>
    public GraphQLDocument? Find(string text, ISchema schema)
    {
        lock (_lock)
        {
            if (!_byText.TryGetValue(text, out var node) || node.Value.Schema != schema)
                return null;
            if (node.Previous is not null)
            {
                _byUse.Remove(node);
                _byUse.AddFirst(node);
            }
            return node.Value.Document;
        }
    }

    /// <summary>Keeps a document that is valid for the schema.</summary>
    public void Keep(string text, ISchema schema, GraphQLDocument document)
    {
        if (text.Length > maxCharacters / LargestShare)
            return;
        lock (_lock)
        {
            if (_byText.TryGetValue(text, out var known))
                Remove(known);
            _byText[text] = _byUse.AddFirst(new Entry(text, schema, document));
            Characters += text.Length;
            while (Characters > maxCharacters)
                Remove(_byUse.Last!);
        }
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        _byUse.Remove(node);
        _byText.Remove(node.Value.Text);
        Characters -= node.Value.Text.Length;
    }

    private sealed record Entry(string Text, ISchema Schema, GraphQLDocument Document);
}
