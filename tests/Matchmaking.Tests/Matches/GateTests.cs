using Matchmaking.Matches;
using Matchmaking.Needs;
using Matchmaking.Organizations;
using Matchmaking.Patents;
using Xunit;

namespace Matchmaking.Tests.Matches;

public sealed class GateTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);

    [Theory]
    [InlineData(LegalStatus.Granted, null, Verdict.Pass)]
    [InlineData(LegalStatus.Pending, null, Verdict.Pass)]
    [InlineData(LegalStatus.Unknown, null, Verdict.Unknown)]
    [InlineData(LegalStatus.Lapsed, null, Verdict.Fail)]
    [InlineData(LegalStatus.Expired, null, Verdict.Fail)]
    [InlineData(LegalStatus.Invalidated, null, Verdict.Fail)]
    [InlineData(LegalStatus.Withdrawn, null, Verdict.Fail)]
    [InlineData(LegalStatus.Rejected, null, Verdict.Fail)]
    [InlineData(LegalStatus.Granted, "2026-11-22", Verdict.Fail)]
    [InlineData(LegalStatus.Unknown, "2026-11-22", Verdict.Fail)]
    [InlineData(LegalStatus.Granted, "2026-11-23", Verdict.Pass)]
    public void Legal_status(LegalStatus status, string? expires, Verdict verdict) =>
        Is("legalStatus", verdict, new Need(), new Patent { LegalStatus = status, ExpiresOn = Day(expires) });

    [Theory]
    [InlineData("", "", Verdict.Pass)]
    [InlineData("", "License", Verdict.Pass)]
    [InlineData("License", "", Verdict.Unknown)]
    [InlineData("License", "License", Verdict.Pass)]
    [InlineData("License Equity", "Assignment Equity", Verdict.Pass)]
    [InlineData("License", "Assignment Equity", Verdict.Fail)]
    public void Transfer_modes(string accepted, string offered, Verdict verdict) =>
        Is("transferModes", verdict, new Need { AcceptedModes = Modes(accepted) }, new Patent { TransferModes = Modes(offered) });

    [Theory]
    [InlineData(null, null, Verdict.Pass)]
    [InlineData(null, 1, Verdict.Pass)]
    [InlineData(5, null, Verdict.Unknown)]
    [InlineData(5, 4, Verdict.Fail)]
    [InlineData(5, 5, Verdict.Pass)]
    [InlineData(5, 9, Verdict.Pass)]
    public void Readiness(int? asked, int? has, Verdict verdict) =>
        Is("readiness", verdict, new Need { MinReadiness = asked }, new Patent { Readiness = has });

    [Theory]
    [InlineData("", null, Verdict.Pass)]
    [InlineData("", "江苏", Verdict.Pass)]
    [InlineData("江苏", null, Verdict.Unknown)]
    [InlineData("江苏", "", Verdict.Unknown)]
    [InlineData("江苏", Places.Unknown, Verdict.Unknown)]
    [InlineData("江苏 浙江", "浙江", Verdict.Pass)]
    [InlineData("江苏 浙江", "上海", Verdict.Fail)]
    public void Region(string wanted, string? province, Verdict verdict) =>
        Is("region", verdict, new Need { Provinces = [.. wanted.Split(' ', StringSplitOptions.RemoveEmptyEntries)] }, new Patent(), province is null ? null : new Institution { Province = province });

    [Theory]
    [InlineData(null, Verdict.Pass)]
    [InlineData("2026-11-22", Verdict.Fail)]
    [InlineData("2026-11-23", Verdict.Pass)]
    [InlineData("2026-11-24", Verdict.Pass)]
    public void Deadline(string? deadline, Verdict verdict) => Is("deadline", verdict, new Need { Deadline = Day(deadline) }, new Patent());

    [Fact]
    public void All_gates_stand_in_one_order_each_with_its_reason()
    {
        var gates = Gates.Of(new Need(), new Patent(), null, Today);
        Assert.Equal(["legalStatus", "transferModes", "readiness", "region", "deadline"], gates.Select(g => g.Name));
        Assert.All(gates, gate => Assert.NotEqual("", gate.Reason));
    }

    private static void Is(string name, Verdict verdict, Need need, Patent patent, Institution? holder = null) =>
        Assert.Equal(verdict, Gates.Of(need, patent, holder, Today).Single(g => g.Name == name).Verdict);

    private static List<TransferMode> Modes(string names) => [.. names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<TransferMode>)];

    private static DateOnly? Day(string? day) => day is null ? null : DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
