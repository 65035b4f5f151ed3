namespace Matchmaking.Tests.Running;

/// <summary>A data directory with the demo data, loaded once a run; who changes anything works on a copy.</summary>
internal static class DemoData
{
    private static readonly Lazy<Task<string>> Loaded = new(LoadAsync);

    /// <summary>A service of its own over the demo data; its clock stands an hour after the load.</summary>
    public static async Task<RunningService> StartAsync(params string[] args)
    {
        var copy = Directory.CreateTempSubdirectory("matchmaking").FullName;
        Copy(await Loaded.Value, copy);
        return await RunningService.StartAsync(new ServiceStart { Directory = copy, At = RunningService.Start.AddHours(1), Seed = 7, Args = args });
    }

    private static async Task<string> LoadAsync()
    {
        var service = await RunningService.StartAsync(new ServiceStart { Demo = true });
        // Else each copy would match the rest anew, with keys of its own.
        await service.MatchedAsync();
        await service.StopAsync();
        AfterExit.Run("rm -rf \"$1\"", user: null, service.Directory);
        return service.Directory;
    }

    private static void Copy(string from, string to)
    {
        foreach (var directory in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, directory)));
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)));
    }
}
