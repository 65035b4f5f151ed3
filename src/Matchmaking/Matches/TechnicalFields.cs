using GraphQL;
using GraphQL.Types;
using Matchmaking.Api;
using Matchmaking.Indexing;
using Matchmaking.Needs;
using Matchmaking.Patents;

namespace Matchmaking.Matches;

/// <summary>A class of techniques that a need or a patent belongs to (技术领域).</summary>
/// <param name="Ipc">The subclass of the IPC, for instance A01D; a class or section where nothing finer was given (IPC小类).</param>
/// <param name="Title">What it is called for short in Chinese; null where we have no title for it (类名).</param>
/// <param name="Share">How near it is beside others of its origin, above 0, at most 1: ASSIGNED by the symbols given in it beside those in the class of most, INFERRED by closeness beside the closest, INDUSTRY one part of as many as the industry works in (比重).</param>
/// <param name="Origin">How it is known (来源).</param>
internal sealed record TechnicalField(string Ipc, string? Title, double Share, TechnicalFieldOrigin Origin);

/// <summary>How it is known that something belongs to a field of technology (技术领域来源).</summary>
internal enum TechnicalFieldOrigin
{
    /// <summary>The patent's classification, or a need's ipcHints (指定).</summary>
    Assigned,

    /// <summary>The text's meaning lies close to that of texts in this class; only where none is assigned (推断).</summary>
    Inferred,

    /// <summary>The need's industry mainly works in it, by the concordance of industries with the IPC (行业对照).</summary>
    Industry,
}

internal sealed class TechnicalFieldType : ValueType<TechnicalField>
{
    public TechnicalFieldType()
    {
        Name = "TechnicalField";
        Description = "A class of techniques that a need or a patent belongs to (技术领域).";
    }
}

/// <summary>The profile of a need or a patent in the IPC: what is given, else what its text says, and what a need's industry works in.</summary>
/// <remarks>Of needs it says what the score looks for. Of a patent without classes what is inferred is shown only: see decision 16.</remarks>
internal static class TechnicalFields
{
    private const int DefaultShown = 10;

    public static void AddTo(NeedType need, PatentType patent)
    {
        Add(need, "The fields of technology it belongs to: those of ipcHints or, without any, those its words lie closest to; then those its industry works in. Each once, the nearest of an origin first (技术领域).",
            c => Of(c.Source, c.Get<IndexView>())).Reading<Need>(nameof(Need.Title), nameof(Need.Description), nameof(Need.Keywords), nameof(Need.IpcHints), nameof(Need.IndustryCode), nameof(Need.Visibility));
        Add(patent, "The fields of technology it belongs to: those of ipcCodes or, without any, those its words lie closest to, nearest first; what is inferred doesn't count in its score (技术领域).",
            c => Of(c.Source, c.Get<IndexView>())).Reading<Patent>(nameof(Patent.Title), nameof(Patent.Abstract), nameof(Patent.Keywords), nameof(Patent.IpcCodes));
    }

    /// <summary>Those of a need.</summary>
    public static IEnumerable<TechnicalField> Of(Need need, IndexView view)
    {
        List<string> worked = IndustryClasses.Entry(need.IndustryCode) is { } industry ? [.. IndustryClasses.Of(industry)] : [];
        return AssignedOrInferred(need.IpcHints, need, view)
            .Concat(worked.Select(ipc => Field(ipc, 1.0 / worked.Count, TechnicalFieldOrigin.Industry))).DistinctBy(field => field.Ipc);
    }

    /// <summary>Those of a patent, whose text is read as a need's would be.</summary>
    public static IEnumerable<TechnicalField> Of(Patent patent, IndexView view) =>
        AssignedOrInferred(patent.IpcCodes, new Need { Title = patent.Title, Description = patent.Abstract ?? "", Keywords = patent.Keywords }, view);

    private static IEnumerable<TechnicalField> AssignedOrInferred(List<string> symbols, Need text, IndexView view)
    {
        if (symbols.Count == 0)
            return view.Patents.Classes(Scoring.Query(text)).Select(near => Field(near.Class, near.Share, TechnicalFieldOrigin.Inferred));
        var classes = symbols.GroupBy(IpcSymbol.Subclass, StringComparer.Ordinal).OrderByDescending(of => of.Count()).ToList();
        return classes.Select(of => Field(of.Key, (double)of.Count() / classes[0].Count(), TechnicalFieldOrigin.Assigned));
    }

    private static TechnicalField Field(string ipc, double share, TechnicalFieldOrigin origin) => new(ipc, IpcTitles.Find(ipc), Math.Max(0.01, Math.Round(share, 2)), origin);

    private static FieldType Add<T>(ObjectGraphType<T> type, string description, Func<IResolveFieldContext<T>, IEnumerable<TechnicalField>> of) => type
        .Field<NonNullGraphType<ListGraphType<NonNullGraphType<TechnicalFieldType>>>>("technicalFields").Description(description).Weighs(Costs.Asking)
        .Argument<IntGraphType>("first", $"At most so many; {DefaultShown} by default, {Paging.MaxSize} at most (前几项).")
        .Resolve(c => of(c).Take(Paging.From(c, DefaultShown).Size).ToList()).FieldType;
}
