using Matchmaking.Needs;
using Matchmaking.Patents;
using Matchmaking.Search;
using Matchmaking.Search.Associations;
using Matchmaking.Store;
using Matchmaking.Search.Indexing;

namespace Matchmaking.Indexing;

/// <summary>The two indexes of one data directory: patents and needs. Derived from the store, and rebuilt from it when lost.</summary>
/// <remarks>Needs have an index of their own, so that no need ever enters the statistics by which patents are scored.</remarks>
internal sealed class Indexes : IDisposable
{
    // Raised when the same text is analysed into other terms: older indexes are rebuilt then, as with another concordance of industries.
    private static readonly string Analysis = "technical-4 " + IndustryClasses.Version;

    /// <summary>What was learned from this stock, in the data directory: <c>lexicon associations</c>.</summary>
    public const string AssociationsFile = "associations.br";

    private Indexes(TextIndex patents, TextIndex needs, string? rebuiltBecause)
    {
        Patents = patents;
        Needs = needs;
        RebuiltBecause = rebuiltBecause;
    }

    public TextIndex Patents { get; }

    public TextIndex Needs { get; }

    /// <summary>Why an index had to be made anew; null where both were sound.</summary>
    public string? RebuiltBecause { get; }

    /// <summary>Opens what is there; makes anew what is missing, damaged, of another version or ahead of the store.</summary>
    /// <exception cref="IndexInUseException">Another process serves this data directory.</exception>
    public static Indexes Open(string dataDirectory, long head)
    {
        string? because = null;
        var associations = Associations(Path.Combine(dataDirectory, AssociationsFile));
        var patents = Open(Path.Combine(dataDirectory, "index", "patents"), Schema(PatentDocument.Fields, associations), head, ref because);
        try
        {
            return new Indexes(patents, Open(Path.Combine(dataDirectory, "index", "needs"), Schema(NeedDocument.Fields, null), head, ref because), because);
        }
        catch
        {
            patents.Dispose();
            throw;
        }
    }

    /// <summary>The steps by which they go on, for who follows them.</summary>
    public IndexSteps Steps { get; } = new();

    /// <summary>The position that both indexes have reached.</summary>
    public long Position => Math.Min(Patents.Position, Needs.Position);

    /// <summary>Makes few large pieces of many small ones, when nobody waits.</summary>
    public void Tidy()
    {
        Patents.Tidy();
        Needs.Tidy();
    }

    public void Dispose()
    {
        Patents.Dispose();
        Needs.Dispose();
    }

    private static AssociationTable Associations(string file)
    {
        if (!File.Exists(file))
            return AssociationTable.Shipped;
        try
        {
            using var stream = File.OpenRead(file);
            return AssociationTable.Read(stream);
        }
        catch (InvalidDataException e)
        {
            throw new ConfigurationException($"{file}: {e.Message} Make it anew with 'lexicon associations', or remove it to use those that came with the service.");
        }
    }

    private static TextIndexSchema Schema(IndexField[] fields, AssociationTable? associations) => new(Analysis, fields, associations)
    {
        RecogniseIdentifier = PatentDocument.Identifier,
    };

    private static TextIndex Open(string directory, TextIndexSchema schema, long head, ref string? because)
    {
        try
        {
            var index = TextIndex.Open(directory, schema, Analyzers.Stored);
            try
            {
                // A bit that fell over in a file would else be met by a query, or by none and only bend the scores.
                index.Verify();
                if (index.Position <= head)
                    return index;
            }
            catch
            {
                index.Dispose();
                throw;
            }
            // The store was put back to an older state, or is another one: what the index knows can't be trusted.
            because = $"{directory} stands at change {index.Position}, the store at {head}.";
            index.Dispose();
        }
        catch (IndexDamagedException damaged)
        {
            because = damaged.Message;
        }
        return TextIndex.Recreate(directory, schema, Analyzers.Stored);
    }
}
