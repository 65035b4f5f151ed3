using Matchmaking.Needs;
using Matchmaking.Patents;

namespace Matchmaking.Importing.Writing;

/// <summary>A row about a need, understood.</summary>
internal sealed class NeedRow : ParsedRow
{
    public required string SourceId { get; init; }

    public required string Title { get; init; }

    public required string Description { get; init; }

    public List<string> Keywords { get; init; } = [];

    public string? CreditCode { get; init; }

    public string? EnterpriseName { get; init; }

    public NeedVisibility? Visibility { get; init; }

    public NeedStatus? Status { get; init; }

    public string? Industry { get; init; }

    public List<string> Ipc { get; init; } = [];

    public List<TransferMode> Modes { get; init; } = [];

    public decimal? Budget { get; init; }

    public int? MinReadiness { get; init; }

    public List<string> Provinces { get; init; } = [];

    public DateOnly? Deadline { get; init; }

    public override string Key => SourceId;

    /// <summary>Takes the row over; what it doesn't say stays. Returns whether that changed anything.</summary>
    public bool Apply(Need need, Guid? enterprise, bool isNew)
    {
        var changed = isNew;
        if (Repeats && !isNew)
            return false;
        bool Differs<T>(List<T> known, List<T> next) => next.Count > 0 && !known.SequenceEqual(next);
        if (Title != need.Title)
            (need.Title, changed) = (Title, true);
        if (Description != need.Description)
            (need.Description, changed) = (Description, true);
        if (Differs(need.Keywords, Keywords))
            (need.Keywords, changed) = (Keywords, true);
        if (enterprise is not null && enterprise != need.EnterpriseId)
            (need.EnterpriseId, changed) = (enterprise, true);
        if (Visibility is { } visibility && visibility != need.Visibility)
            (need.Visibility, changed) = (visibility, true);
        if (Status is { } status && status != need.Status)
            (need.Status, changed) = (status, true);
        if (Industry is not null && Industry != need.IndustryCode)
            (need.IndustryCode, changed) = (Industry, true);
        if (Differs(need.IpcHints, Ipc))
            (need.IpcHints, changed) = (Ipc, true);
        if (Differs(need.AcceptedModes, Modes))
            (need.AcceptedModes, changed) = (Modes, true);
        if (Budget is not null && Budget != need.Budget)
            (need.Budget, changed) = (Budget, true);
        if (MinReadiness is not null && MinReadiness != need.MinReadiness)
            (need.MinReadiness, changed) = (MinReadiness, true);
        if (Differs(need.Provinces, Provinces))
            (need.Provinces, changed) = (Provinces, true);
        if (Deadline is not null && Deadline != need.Deadline)
            (need.Deadline, changed) = (Deadline, true);
        return changed;
    }
}
