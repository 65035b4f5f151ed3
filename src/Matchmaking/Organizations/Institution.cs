namespace Matchmaking.Organizations;

/// <summary>A university, research institute or hospital that holds patents (高校、科研机构).</summary>
public sealed class Institution
{
    /// <summary>The key, a UUIDv7 made by us.</summary>
    public Guid Id { get; init; }

    /// <summary>The official code; for one that a source only named, UNLISTED- and a digest of the name (机构代码).</summary>
    public string Code { get; set; } = "";

    /// <summary>The full official name (名称).</summary>
    public string Name { get; set; } = "";

    /// <summary>What it is (机构类型).</summary>
    public InstitutionKind Kind { get; set; }

    /// <summary>The province in its short form: 江苏; 未知 where nobody said (省份).</summary>
    public string Province { get; set; } = "";

    /// <summary>The city; null where unknown (城市).</summary>
    public string? City { get; set; }

    /// <summary>When we first stored it (创建时间).</summary>
    public DateTime CreatedAt { get; init; }

    /// <summary>When it last changed here (更新时间).</summary>
    public DateTime UpdatedAt { get; set; }
}

/// <summary>What an institution is (机构类型).</summary>
public enum InstitutionKind
{
    /// <summary>A university or college (高校).</summary>
    University,

    /// <summary>A research institute (科研机构).</summary>
    ResearchInstitute,

    /// <summary>A hospital (医院).</summary>
    Hospital,

    /// <summary>Anything else (其他).</summary>
    Other,
}
