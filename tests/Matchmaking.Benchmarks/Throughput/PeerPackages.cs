using System.Diagnostics;

namespace Matchmaking.Benchmarks.Throughput;

/// <summary>The peers' packages from npm, as the lock file has them; only the SQLite binding may build itself.</summary>
internal static class PeerPackages
{
    public static void Install()
    {
        var folder = Repository.PathTo("tests", "Matchmaking.Benchmarks", "Throughput", "peer");
        if (File.Exists(Path.Combine(folder, "node_modules", "better-sqlite3", "build", "Release", "better_sqlite3.node")))
            return;
        Console.WriteLine("Installing the peers' packages; the SQLite binding is compiled, which takes minutes …");
        Npm(folder, "ci", "--ignore-scripts");
        Npm(folder, "rebuild", "better-sqlite3");
    }

    private static void Npm(string folder, params string[] arguments)
    {
        using var npm = Process.Start(new ProcessStartInfo("npm", arguments) { WorkingDirectory = folder }) ?? throw new InvalidOperationException("npm can't be started.");
        npm.WaitForExit();
        if (npm.ExitCode != 0)
            throw new InvalidOperationException($"npm {string.Join(' ', arguments)} ended with {npm.ExitCode}.");
    }
}
