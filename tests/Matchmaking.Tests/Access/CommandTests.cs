using System.Net.Http.Headers;
using Matchmaking.Tests.Crashing;
using Matchmaking.Tests.Crashing.Drill;
using Xunit;

namespace Matchmaking.Tests.Access;

/// <summary>The verbs an operator types, beside a running service that trusts nobody.</summary>
[Collection(Processes.Name)]
public sealed class CommandTests
{
    [Fact]
    public async Task Tokens_are_issued_used_rotated_and_revoked_and_the_trail_is_verified()
    {
        using var place = new TemporaryPlace();
        var environment = new Dictionary<string, string> { ["Matchmaking__Access__Anonymous"] = "Public" };
        Directory.CreateDirectory(place.Data);
        await using var program = BuiltProgram.Start(place.Path, environment, "--data", place.Data, "--urls", "http://127.0.0.1:0", "--Matchmaking:Demo=false");
        await using var serving = await ServingProgram.ListeningAsync(program);
        Assert.Contains("who shows no token may search patents and public needs", program.Written, StringComparison.Ordinal);
        var refused = await serving.AskAsync("mutation { createNeed(input: { title: \"x\", description: \"y\" }) { need { id } } }");
        Assert.Equal("AUTH_NOT_AUTHENTICATED", (string)refused["errors"]![0]!["extensions"]!["code"]!);

        var token = await SaidAsync("token", "issue", "--role", "administrator", "--name", "管理员", "--days", "1", "--data", place.Data);
        serving.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        Assert.Equal("管理员", (string)(await serving.DataAsync("{ me { name } }"))["me"]!["name"]!);
        Assert.NotNull((await serving.DataAsync("mutation { createNeed(input: { title: \"石墨烯\", description: \"散热\" }) { need { id } } }"))["createNeed"]!["need"]);

        Assert.Contains("New tokens are signed by", await SaidAsync("token", "rotate", "--data", place.Data), StringComparison.Ordinal);
        Assert.Equal("管理员", (string)(await serving.DataAsync("{ me { name } }"))["me"]!["name"]!);
        Assert.Contains("counts no more", await SaidAsync("token", "revoke", token, "--data", place.Data), StringComparison.Ordinal);
        Assert.Contains("is revoked already", await SaidAsync("token", "revoke", token, "--data", place.Data), StringComparison.Ordinal);
        await ServingProgram.UntilAsync(async () => (await serving.AskAsync("{ me { name } }"))["errors"] is not null, "the token to be refused");

        // The service's first steps, the need, the revocation: whole, and by whom it was.
        Assert.Contains("The audit trail holds: 2 entries", await SaidAsync("audit", "verify", "--data", place.Data), StringComparison.Ordinal);
        var exported = await SaidAsync("person", "export", "管理员", "--everywhere", "--data", place.Data);
        Assert.Contains("\"kind\":\"actor\"", exported, StringComparison.Ordinal);

        async Task<string> SaidAsync(params string[] args)
        {
            var ended = await BuiltProgram.RunAsync(place.Path, null, args);
            Assert.True(ended.ExitCode == 0, ended.Errors);
            return ended.Output.Trim();
        }
    }

    [Fact]
    public async Task A_key_that_others_can_read_stops_the_start()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var place = new TemporaryPlace();
        Assert.Equal(0, (await BuiltProgram.RunAsync(place.Path, null, "token", "issue", "--role", "agency", "--name", "x", "--data", place.Data)).ExitCode);
        var key = Directory.GetFiles(Path.Combine(place.Data, "keys")).Single();
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        var ended = await BuiltProgram.RunAsync(place.Path, null, "--data", place.Data, "--urls", "http://127.0.0.1:0", "--Matchmaking:Demo=false");
        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("can be read by others (GroupRead)", ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE", ended.Errors + ended.Output, StringComparison.Ordinal);
    }
}
