using System.Net;
using System.Net.Sockets;
using Matchmaking.Tests.Crashing.Drill;
using Xunit;

namespace Matchmaking.Tests.Crashing;

[Collection(Processes.Name)]
public sealed class RefusalTests
{
    [Theory]
    [InlineData("--dta is no option or setting; did you mean --data?", "--dta", "x")]
    [InlineData("'http://0.0.0.0:0' can be reached from other machines", "--urls", "http://0.0.0.0:0", "--Matchmaking:Access:Anonymous=Administrator")]
    [InlineData("Matchmaking:Access:Anonymous: 'Root' is neither Public nor Administrator", "--Matchmaking:Access:Anonymous=Root")]
    [InlineData("Matchmaking:Access:Limits:Requests isn't known", "--Matchmaking:Access:Limits:Requests=5")]
    [InlineData("Matchmaking:Access:Limits:CostPerCaller: '-1' is no whole number", "--Matchmaking:Access:Limits:CostPerCaller=-1")]
    [InlineData("Matchmaking:Access:Authority: 'http://issuer.example' is no https address", "--Matchmaking:Access:Authority=http://issuer.example")]
    [InlineData("--role: 'boss' is none of", "token", "issue", "--role", "boss", "--name", "x")]
    [InlineData("--enterprise: the token of an enterprise needs it", "token", "issue", "--role", "enterprise", "--name", "x")]
    [InlineData("--institution: no institution has the code '0'", "token", "issue", "--role", "institution", "--name", "x", "--institution", "0")]
    [InlineData("--province: 'Atlantis' is neither a Chinese province nor", "token", "issue", "--role", "authority", "--name", "x", "--province", "Atlantis")]
    [InlineData("--days: 400 isn't from 1 to 366", "token", "issue", "--role", "agency", "--name", "x", "--days", "400")]
    [InlineData("--anchor: '5' is not POSITION:HASH", "audit", "verify", "--anchor", "5")]
    [InlineData("'5099' would listen on every address", "--http_ports", "5099", "--Matchmaking:Access:Anonymous=Administrator")]
    [InlineData("'Oracle' is neither Sqlite nor PostgreSql", "--Matchmaking:Provider=Oracle")]
    [InlineData("The PostgreSql database can't be used", "--Matchmaking:Provider=PostgreSql", "--ConnectionStrings:Matchmaking=Host=127.0.0.1;Port=1;Database=x;Username=x")]
    [InlineData("The data directory '/proc/none' can't be made", "--data", "/proc/none")]
    [InlineData("--set Matchmaking:Providr is no option or setting", "import", "patents", "x.csv", "--set", "Matchmaking:Providr=Sqlite")]
    public async Task It_says_in_one_line_why_it_does_not_start(string why, params string[] args)
    {
        using var place = new TemporaryPlace();

        AssertRefused(await BuiltProgram.RunAsync(place.Path, null, args), why);
    }

    [Fact]
    public async Task A_misspelled_verb_names_the_nearest_one()
    {
        using var place = new TemporaryPlace();

        var ended = await BuiltProgram.RunAsync(place.Path, null, "serv");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("'serv' was not matched. Did you mean", ended.Output + ended.Errors, StringComparison.Ordinal);
        Assert.Contains("serve", ended.Output + ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_server_and_a_taken_port_stop_the_newcomer_only()
    {
        using var place = new TemporaryPlace();
        await using var first = await ServingProgram.StartAsync(place.Data);

        AssertRefused(await BuiltProgram.RunAsync(place.Path, null, "--data", place.Data, "--urls", "http://127.0.0.1:0", "--Matchmaking:Demo=false"), "is served by another process already");

        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        AssertRefused(await BuiltProgram.RunAsync(place.Path, null, "--data", place.Data + "2", "--urls", $"http://{taken.LocalEndpoint}", "--Matchmaking:Demo=false"), "address already in use");

        Assert.NotNull((await first.DataAsync("{ patents { totalCount } }"))["patents"]);
        Assert.Equal(0, await first.StopAsync());
    }

    private static void AssertRefused(Ended ended, string why)
    {
        Assert.Equal(1, ended.ExitCode);
        Assert.Contains(why, ended.Errors, StringComparison.Ordinal);
        Assert.Single(ended.Errors.Trim().Split('\n'));
        Assert.Empty(ended.Output);
    }
}
