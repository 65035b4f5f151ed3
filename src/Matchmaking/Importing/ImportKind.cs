namespace Matchmaking.Importing;

/// <summary>What a file holds.</summary>
public enum ImportKind
{
    Patents,
    Needs,
    Institutions,
    Enterprises,
    Ipc,
    Industries,
}
