using Matchmaking.Patents;

namespace Matchmaking.Importing.Normalizing;

/// <summary>One statement about a patent's legal life: the status it brings (null where the status stays), its day, its words.</summary>
internal readonly record struct LegalStatement(LegalStatus? Status, DateOnly? On, string Text);

/// <summary>Understands the gazette's and the databases' words for legal status (法律状态).</summary>
internal static class LegalWords
{
    // In this order: "发明专利申请公布后的驳回" is a rejection though it says 公布, "避免重复授权" an end though it says 授权.
    private static readonly (string Word, LegalStatus? Status)[] Words =
    [
        ("部分无效", LegalStatus.Granted), ("维持", LegalStatus.Granted),
        ("无效宣告请求", null), ("无效请求", null), ("无效程序", null), ("口头审理", null),
        ("驳回复审", LegalStatus.Rejected), ("驳回", LegalStatus.Rejected),
        ("视为撤回", LegalStatus.Withdrawn), ("视撤", LegalStatus.Withdrawn), ("视为放弃", LegalStatus.Withdrawn), ("撤回", LegalStatus.Withdrawn),
        ("未过届满", LegalStatus.Granted), ("届满", LegalStatus.Expired), ("期满", LegalStatus.Expired), ("到期", LegalStatus.Expired),
        ("宣告", LegalStatus.Invalidated), ("全部无效", LegalStatus.Invalidated), ("撤销", LegalStatus.Invalidated), ("专利权无效", LegalStatus.Invalidated),
        ("专利权的无效", LegalStatus.Invalidated),
        ("恢复", LegalStatus.Granted),
        ("终止", LegalStatus.Lapsed), ("未缴", LegalStatus.Lapsed), ("未交", LegalStatus.Lapsed), ("欠费", LegalStatus.Lapsed), ("放弃", LegalStatus.Lapsed),
        ("避免重复", LegalStatus.Lapsed), ("避免重授", LegalStatus.Lapsed), ("失效", LegalStatus.Lapsed), ("无权", LegalStatus.Lapsed),
        ("无效", LegalStatus.Invalidated),
        ("转移", null), ("变更", null), ("许可", null), ("质押", null), ("质权", null), ("保全", null), ("备案", null), ("更正", null), ("著录事项", null),
        ("转让", null), ("诉讼", null), ("复审", null), ("送达", null),
        ("未授权", LegalStatus.Pending), ("待授权", LegalStatus.Pending), ("实质审查", LegalStatus.Pending), ("实审", LegalStatus.Pending),
        ("授权", LegalStatus.Granted), ("专利权授予", LegalStatus.Granted), ("授予", LegalStatus.Granted), ("有效", LegalStatus.Granted), ("有权", LegalStatus.Granted),
        ("审中", LegalStatus.Pending), ("在审", LegalStatus.Pending), ("审查", LegalStatus.Pending), ("待审", LegalStatus.Pending), ("审定", LegalStatus.Pending),
        ("公布", LegalStatus.Pending), ("公开", LegalStatus.Pending), ("公告", LegalStatus.Granted), ("受理", LegalStatus.Pending), ("申请", LegalStatus.Pending),
        ("REJECT", LegalStatus.Rejected), ("REFUS", LegalStatus.Rejected), ("WITHDRAW", LegalStatus.Withdrawn), ("ABANDON", LegalStatus.Withdrawn),
        ("EXPIR", LegalStatus.Expired), ("INVALID", LegalStatus.Invalidated), ("REVOK", LegalStatus.Invalidated), ("LAPSE", LegalStatus.Lapsed), ("CEASE", LegalStatus.Lapsed),
        ("INACTIVE", LegalStatus.Lapsed), ("DEAD", LegalStatus.Lapsed), ("TERMINAT", LegalStatus.Lapsed), ("DISCONTINUED", LegalStatus.Lapsed), ("TRANSFER", null), ("LICEN", null), ("PLEDGE", null),
        ("PENDING", LegalStatus.Pending), ("EXAMIN", LegalStatus.Pending), ("PUBLI", LegalStatus.Pending), ("APPLICATION", LegalStatus.Pending), ("FILED", LegalStatus.Pending),
        ("GRANT", LegalStatus.Granted), ("ACTIVE", LegalStatus.Granted), ("IN FORCE", LegalStatus.Granted), ("VALID", LegalStatus.Granted), ("ALIVE", LegalStatus.Granted),
    ];

    /// <summary>The statements in a cell: one, or a history with dates of its own.</summary>
    /// <param name="text">A status, an event, or several of them.</param>
    /// <param name="on">The day the row gives for it.</param>
    /// <param name="unknownWords">Whether a part was not understood; it is recorded as an event without status.</param>
    public static List<LegalStatement> Read(string text, DateOnly? on, out bool unknownWords)
    {
        unknownWords = false;
        var statements = new List<LegalStatement>();
        var parts = text.Split([';', '；', '\n', '|', '｜'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var part in parts)
        {
            if (Texts.IsPlaceholder(part) || part.AsSpan().IndexOfAnyExcept("0123456789-./年月日: ") < 0)
                continue;
            var known = Status(part, out var status);
            unknownWords |= !known;
            statements.Add(new LegalStatement(status, Dates.Within(part) ?? on, part.Length > 500 ? part[..500] : part));
        }
        return statements;
    }

    /// <summary>The statement that decides where the patent stands: the latest, on one day the one furthest along its life.</summary>
    public static LegalStatement? Deciding(IEnumerable<LegalStatement> statements)
    {
        LegalStatement? best = null;
        foreach (var statement in statements)
        {
            if (statement.Status is not null && (best is not { } b || Follows(b.Status!.Value, b.On, statement.Status.Value, statement.On)))
                best = statement;
        }
        return best;
    }

    /// <summary>Whether a later-read status takes the place of an earlier-read one.</summary>
    /// <remarks>With both days known the later day wins and on one day the later stage of life; without a day a status may only move
    /// forward in life (pending, granted, ended), since a source that names no day may be old.</remarks>
    public static bool Follows(LegalStatus known, DateOnly? knownOn, LegalStatus next, DateOnly? nextOn)
    {
        if (known == LegalStatus.Unknown || known == next)
            return next != LegalStatus.Unknown && (known != next || (nextOn is not null && !(nextOn <= knownOn)));
        return knownOn is { } before && nextOn is { } after && before != after ? after > before : Stage(next) > Stage(known);
    }

    private static int Stage(LegalStatus status) => status switch
    {
        LegalStatus.Unknown => 0,
        LegalStatus.Pending => 1,
        LegalStatus.Granted => 2,
        _ => 3,
    };

    private static bool Status(string part, out LegalStatus? status)
    {
        var upper = part.ToUpperInvariant();
        foreach (var (word, brings) in Words)
        {
            if (upper.Contains(word, StringComparison.Ordinal))
            {
                status = brings;
                return true;
            }
        }
        status = null;
        return false;
    }
}
