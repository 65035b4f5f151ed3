using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Matchmaking.Search.Associations;
using Matchmaking.Search.Indexing;
using Matchmaking.Search.Ranking;

namespace Matchmaking.Search;

/// <summary>The fields of a text index and how they count.</summary>
/// <remarks>Immutable. Weights may change without rebuilding an index; field names, kinds and the analysis may not.</remarks>
public sealed class TextIndexSchema
{
    // Raised when this code writes documents in another way, so that older indexes are rebuilt.
    private const int FormatVersion = 1;

    private readonly FrozenDictionary<string, IndexField> _byName;
    private readonly FrozenDictionary<string, IndexField> _byAlias;

    /// <summary>Makes a schema.</summary>
    /// <param name="analysis">Names the analysis and its version; an index made with another one is rebuilt.</param>
    /// <param name="fields">The fields, each with a name and aliases of its own.</param>
    /// <param name="associations">What words mean beside each other, or null; an index made with others is rebuilt.</param>
    /// <exception cref="ArgumentException">A name is empty, not of letters, or used twice; a weight or b is out of range.</exception>
    public TextIndexSchema(string analysis, IEnumerable<IndexField> fields, AssociationTable? associations = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(analysis);
        Analysis = analysis;
        Associations = associations;
        Fields = [.. fields];
        var byName = new Dictionary<string, IndexField>(StringComparer.Ordinal);
        var byAlias = new Dictionary<string, IndexField>(StringComparer.OrdinalIgnoreCase);
        foreach (var field in Fields)
        {
            CheckNumbers(field);
            byName.Add(field.Name, field);
            foreach (var name in field.Aliases.Prepend(field.Name))
            {
                if (name.Length == 0 || !name.All(char.IsLetter) || !byAlias.TryAdd(name, field))
                {
                    throw new ArgumentException($"The field name \"{name}\" is empty, not of letters alone, or used twice.", nameof(fields));
                }
            }
        }

        Texts = [.. Fields.OfType<TextField>()];
        Symbols = [.. Fields.OfType<SymbolField>()];
        if (Texts.Count == 0)
        {
            throw new ArgumentException("A schema needs at least one text field.", nameof(fields));
        }

        _byName = byName.ToFrozenDictionary(StringComparer.Ordinal);
        _byAlias = byAlias.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        Fingerprint = Hash();
    }

    /// <summary>The name and version of the analysis.</summary>
    public string Analysis { get; }

    /// <summary>What words mean beside each other; null where only words count.</summary>
    public AssociationTable? Associations { get; }

    /// <summary>All fields in their order.</summary>
    public IReadOnlyList<IndexField> Fields { get; }

    /// <summary>The text fields in their order, which is also the order in which their shares of a score are added.</summary>
    public IReadOnlyList<TextField> Texts { get; }

    /// <summary>The symbol fields in their order.</summary>
    public IReadOnlyList<SymbolField> Symbols { get; }

    /// <summary>How soon repeated occurrences of a term stop counting: k1 of BM25F; above zero.</summary>
    public double K1 { get; init; } = 1.2;

    /// <summary>How much an identifier weighs in a user's query, so that what bears it comes before what shares words with it.</summary>
    public double IdentifierWeight { get; init; } = 16;

    /// <summary>Reads a word of a query as an identifier in any spelling and gives its normalised key, or null where it is none.</summary>
    public Func<string, string?>? RecogniseIdentifier { get; init; }

    /// <summary>A hash of all that decides what is written; stored in each commit.</summary>
    public string Fingerprint { get; }

    /// <summary>The field of a name or alias, without regard to case, or null.</summary>
    public IndexField? FindByAlias(string name) => _byAlias.GetValueOrDefault(name);

    internal T Get<T>(string name)
        where T : IndexField =>
        _byName.GetValueOrDefault(name) as T
        ?? throw new ArgumentException($"The index has no {typeof(T).Name} named \"{name}\".", nameof(name));

    // A symbol or an identifier occurs once, in a field without length.
    internal double WeightOf(in IndexTerm term) => term.Kind == TermKind.Symbol ? Get<SymbolField>(term.Field).Weight : 1;

    // A hint isn't part of the measure of what is much.
    internal bool IsHint(in IndexTerm term) => term.Kind == TermKind.Symbol && Get<SymbolField>(term.Field).IsHint;

    private static void CheckNumbers(IndexField field)
    {
        var (weight, b) = field switch
        {
            TextField text => (text.Weight, text.B),
            SymbolField symbol => (symbol.Weight, 0),
            _ => (1, 0),
        };
        if (!(double.IsFinite(weight) && weight > 0))
        {
            throw new ArgumentException($"The weight {weight} of field \"{field.Name}\" is not above zero.");
        }

        if (!(b >= 0 && b <= 1))
        {
            throw new ArgumentException($"The b {b} of field \"{field.Name}\" is not between 0 and 1.");
        }
    }

    private string Hash()
    {
        var text = new StringBuilder().Append(FormatVersion).Append('\n').Append(Analysis);
        foreach (var field in Fields)
        {
            text.Append('\n').Append(field.GetType().Name).Append(' ').Append(field.Name).Append(field is TextField { Characters: true } ? "+" : "").Append(field is TextField { Meaning: true } ? "~" : "");
        }

        if (Associations is not null)
        {
            text.Append('\n').Append(Associations.Version);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
