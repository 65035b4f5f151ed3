namespace Matchmaking.Tests.Running;

/// <summary>Where the sources lie, seen from the test binaries.</summary>
internal static class Repository
{
    public static readonly string Root = Find();

    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Matchmaking.sln")))
            directory = directory.Parent;
        return directory?.FullName ?? throw new InvalidOperationException($"No Matchmaking.sln stands above {AppContext.BaseDirectory}.");
    }
}
