namespace Matchmaking.Patents;

/// <summary>The kind of protection (专利类型).</summary>
public enum PatentKind
{
    /// <summary>An invention patent, twenty years (发明).</summary>
    Invention,

    /// <summary>A utility model, ten years (实用新型).</summary>
    UtilityModel,

    /// <summary>A design (外观设计).</summary>
    Design,
}
