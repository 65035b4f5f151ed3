using Matchmaking.Importing.Reading;
using Matchmaking.Store;

namespace Matchmaking.Importing.Writing;

/// <summary>Turns rows of one kind into records of the store.</summary>
internal abstract class RecordWriter
{
    /// <summary>Understands a row without looking into the store; null where the row is rejected.</summary>
    public abstract ParsedRow? Read(RowReading row);

    /// <summary>Puts a batch into the context, without saving: looks all its records up in a few queries, then adds and changes.</summary>
    public abstract Task ApplyAsync(StoreContext store, IReadOnlyList<ParsedRow> rows, Tally tally, CancellationToken cancellation);

    /// <summary>Told once before the first batch.</summary>
    public virtual Task BeginAsync(StoreContext store, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Told when a batch was committed, and not before: what a failed batch learned is forgotten.</summary>
    public virtual void Committed()
    {
    }

    public static RecordWriter For(ImportKind kind) => kind switch
    {
        ImportKind.Patents => new PatentWriter(),
        ImportKind.Needs => new NeedWriter(),
        ImportKind.Institutions => new InstitutionWriter(),
        ImportKind.Enterprises => new EnterpriseWriter(),
        _ => new ReferenceWriter(kind),
    };
}
