namespace Matchmaking.Benchmarks;

/// <summary>Where the repository lies around the running benchmark.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string PathTo(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Matchmaking.sln")))
                return folder.FullName;
        }
        throw new InvalidOperationException($"No Matchmaking.sln above {AppContext.BaseDirectory}.");
    }
}
