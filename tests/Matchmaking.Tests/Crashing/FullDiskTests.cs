using System.Diagnostics;
using Matchmaking.Tests.Crashing.Drill;
using Xunit;

namespace Matchmaking.Tests.Crashing;

[Collection(Processes.Name)]
public sealed class FullDiskTests
{
    private const string Create = "mutation ($title: String!, $description: String!) { createNeed(input: { title: $title, description: $description }) { need { id } errors { __typename } } }";

    [SkippableFact]
    public async Task A_full_disk_refuses_changes_and_loses_nothing()
    {
        using var place = new TemporaryPlace();
        Directory.CreateDirectory(place.Data);
        Skip.IfNot(Mount("mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", place.Data), "mounting a small tmpfs takes root");
        try
        {
            await FillAndFreeAsync(place);
        }
        finally
        {
            Mount("umount", place.Data);
        }
    }

    private static async Task FillAndFreeAsync(TemporaryPlace place)
    {
        InventedPatents.Write(Path.Combine(place.Path, "patents.csv"), 1500, 8);
        var database = Path.Combine(place.Data, "matchmaking.db");
        await using var service = await ServingProgram.StartAsync(place.Data);
        var description = new string('求', 15_000);
        Assert.NotNull((await service.DataAsync(Create, new { title = "先", description }))["createNeed"]!["need"]);

        var ballast = Path.Combine(place.Data, "ballast");
        Fill(ballast);
        var refused = await RefusedAsync(service, description);
        Assert.Equal("STORAGE_FULL", refused["extensions"]!["code"]!.GetValue<string>());
        Assert.Contains("no room", refused["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(503, (int)(await service.Http.GetAsync(new Uri("/health/ready", UriKind.Relative))).StatusCode);
        Assert.Contains("full", await service.Http.GetStringOfAsync("/health/ready"), StringComparison.Ordinal);

        var import = await BuiltProgram.RunAsync(place.Path, null, "import", "patents", "patents.csv", "--data", place.Data);
        Assert.Equal(1, import.ExitCode);
        Assert.Contains("the disk is full", import.Errors, StringComparison.Ordinal);
        Assert.Single(import.Errors.Trim().Split('\n'));
        var needs = (await service.DataAsync("{ needs { totalCount } }"))["needs"]!["totalCount"]!.GetValue<int>();

        File.Delete(ballast);
        Assert.NotNull((await service.DataAsync(Create, new { title = "后", description }))["createNeed"]!["need"]);
        Assert.Equal(2, (await BuiltProgram.RunAsync(place.Path, null, "import", "patents", "patents.csv", "--data", place.Data)).ExitCode);
        var stored = (await service.DataAsync("{ patents { totalCount } }"))["patents"]!["totalCount"]!.GetValue<int>();
        await ServingProgram.UntilAsync(async () => (await service.DataAsync("{ searchPatents(query: \"年份:1990..2030\") { totalCount } }"))["searchPatents"]!["totalCount"]!.GetValue<int>() == stored, "the index follows again");
        // What was imported while matching stood still is matched as well.
        await ServingProgram.UntilAsync(async () => (await service.DataAsync("{ matching { lag } }"))["matching"]!["lag"]!.GetValue<long>() == 0, "matching follows again");
        Assert.Equal(needs + 1, (await service.DataAsync("{ needs { totalCount } }"))["needs"]!["totalCount"]!.GetValue<int>());
        Assert.Contains("\"ready\"", await service.Http.GetStringOfAsync("/health/ready"), StringComparison.Ordinal);
        Assert.Equal(0, await service.StopAsync());
        Assert.Equal("ok", await StoredThings.IntegrityAsync(database));
    }

    /// <summary>The log may have some room in it still: asks until it has none.</summary>
    private static async Task<System.Text.Json.Nodes.JsonNode> RefusedAsync(ServingProgram service, string description)
    {
        for (var i = 0; i < 200; i++)
        {
            var answer = await service.AskAsync(Create, new { title = $"满{i}", description });
            if (answer["errors"] is { } errors)
                return errors[0]!;
        }
        throw new InvalidOperationException("The disk is never full.");
    }

    private static void Fill(string ballast)
    {
        using var file = new FileStream(ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[4096];
        try
        {
            while (true)
                file.Write(block);
        }
        catch (IOException)
        {
            // Full, as wanted.
        }
    }

    private static bool Mount(string command, params string[] args)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        using var run = Process.Start(new ProcessStartInfo(command, args) { RedirectStandardError = true })!;
        run.WaitForExit();
        return run.ExitCode == 0;
    }
}

internal static class Reading
{
    /// <summary>The body, whatever the status.</summary>
    public static async Task<string> GetStringOfAsync(this HttpClient http, string path)
    {
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative));
        return await response.Content.ReadAsStringAsync();
    }
}
