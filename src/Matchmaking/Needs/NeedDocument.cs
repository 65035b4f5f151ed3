using Matchmaking.Access;
using Matchmaking.Search;
using Matchmaking.Search.Indexing;
using Matchmaking.Search.Queries;

namespace Matchmaking.Needs;

/// <summary>What the index sees of a need.</summary>
internal static class NeedDocument
{
    public static readonly IndexField[] Fields =
    [
        new TextField("title", 3, 0.6),
        new TextField("description", 1, 0.75),
        new TextField("keywords", 2, 0.3),
        new SymbolField("ipc", 1),
        new TagField("status"),
        new TagField("visibility"),
        new TagField("enterprise"),
        new NumberField("deadline"),
    ];

    public static TextDocument Of(Need need)
    {
        var document = new TextDocument(need.Id)
            .AddText("title", need.Title)
            .AddText("description", need.Description)
            .AddTag("status", need.Status.ToString())
            .AddTag("visibility", need.Visibility.ToString())
            .AddTag("enterprise", need.EnterpriseId?.ToString("N"))
            .SetNumber("deadline", need.Deadline?.DayNumber);
        foreach (var keyword in need.Keywords)
            document.AddText("keywords", keyword);
        foreach (var hint in need.IpcHints)
            document.AddSymbol("ipc", hint.Replace(" ", "", StringComparison.Ordinal));
        return document;
    }

    /// <summary>What still looks for an answer on this day.</summary>
    public static IndexFilter Open(DateOnly today) => IndexFilter.All(
        IndexFilter.Tag("status", nameof(NeedStatus.Open)),
        IndexFilter.Not(IndexFilter.Range("deadline", null, today.DayNumber - 1)));

    /// <summary>What a viewer may see of them, as far as the index knows; the store says the rest.</summary>
    /// <param name="invited">The needs that invite the viewer.</param>
    public static IndexFilter For(Viewer viewer, IReadOnlyList<Guid> invited) => viewer.SeesAll ? IndexFilter.All() : IndexFilter.Any(
        IndexFilter.Not(IndexFilter.Tag("visibility", nameof(NeedVisibility.Confidential))),
        IndexFilter.Tag("enterprise", viewer.EnterpriseId.ToString("N")),
        IndexFilter.Keys(invited));
}
