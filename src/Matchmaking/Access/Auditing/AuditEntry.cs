using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Matchmaking.Access.Auditing;

/// <summary>One thing that somebody did or looked at; written once, in the transaction that did it, and never changed (审计记录).</summary>
/// <remarks>Each bears the hash of the one before, so that one that is altered, removed, put in or moved breaks the chain.</remarks>
public sealed class AuditEntry
{
    /// <summary>What stands before the first.</summary>
    public static readonly string Start = new('0', 64);

    /// <summary>Its place in the trail: 1, 2, 3 … without a gap.</summary>
    public long Id { get; private set; }

    /// <summary>When (时间).</summary>
    public DateTime At { get; init; }

    /// <summary>Who (操作者).</summary>
    public string Actor { get; init; } = "";

    /// <summary>What the actor was (角色).</summary>
    public List<Role> Roles { get; init; } = [];

    /// <summary>The token the actor showed; null without one (令牌标识).</summary>
    public string? TokenId { get; init; }

    /// <summary>Where the actor came from; null for commands (来源地址).</summary>
    public string? Address { get; init; }

    /// <summary>The request by which logs name it; null for commands (请求标识).</summary>
    public string? RequestId { get; init; }

    /// <summary>What was done (操作).</summary>
    public AuditAction Action { get; init; }

    /// <summary>The kind of thing it was done to, as the schema calls it (对象类型).</summary>
    public string Kind { get; init; } = "";

    /// <summary>The thing's key.</summary>
    public Guid EntityId { get; init; }

    /// <summary>The province of the enterprise that is concerned; null where none is or it isn't known (省份).</summary>
    public string? Province { get; init; }

    /// <summary>Whether it concerns what is confidential, so that only administrators read it.</summary>
    public bool IsConfidential { get; init; }

    /// <summary>What changed as it was, as JSON; null for what was made or looked at (修改前).</summary>
    public string? Before { get; init; }

    /// <summary>What changed as it is since, as JSON; null for what was removed or looked at, and for rows that an import added (修改后).</summary>
    public string? After { get; init; }

    /// <summary>SHA-256 of all this and the hash before it, in hexadecimal (哈希).</summary>
    public string Hash { get; private set; } = "";

    /// <summary>Gives it its place behind the entry of this hash.</summary>
    public void Place(long position, string previous)
    {
        Id = position;
        Hash = HashBehind(previous);
    }

    /// <summary>The hash that this entry must have behind another.</summary>
    /// <remarks>Each part with its length before it, so that nothing can move from one to its neighbour unseen.</remarks>
    public string HashBehind(string previous)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (var part in (ReadOnlySpan<string?>)
            [
                previous, Id.ToString(System.Globalization.CultureInfo.InvariantCulture), At.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
                Actor, string.Join(',', Roles), TokenId, Address, RequestId, Action.ToString(), Kind, EntityId.ToString("N"), Province, IsConfidential ? "1" : "0", Before, After,
            ])
        {
            var bytes = part is null ? [] : Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32LittleEndian(length, part is null ? -1 : bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

/// <summary>What somebody did (操作).</summary>
public enum AuditAction
{
    /// <summary>Made it (新建).</summary>
    Created,

    /// <summary>Changed it (修改).</summary>
    Changed,

    /// <summary>Removed it (删除).</summary>
    Removed,

    /// <summary>Looked at it, which is confidential (查看).</summary>
    Looked,

    /// <summary>Took a person's data out (导出).</summary>
    Exported,
}
