using System.Diagnostics;

namespace Matchmaking.Tests.Running;

/// <summary>Runs a command when the test process has ended, however it ended.</summary>
/// <remarks>A test host is often killed before its own exit handlers are through. So a shell of its own waits for the end of its
/// input, which the system closes with the process that holds the other end.</remarks>
internal static class AfterExit
{
    // Kept, so that no finalizer closes an input early.
    private static readonly List<Process> Waiting = [];

    /// <summary>Runs a line of shell with these arguments ($1, $2 …), as another user where one is named.</summary>
    public static void Run(string line, string? user, params string[] arguments)
    {
        string[] shell = ["sh", "-c", "trap '' INT TERM HUP; read -r _; " + line, "after-exit", .. arguments];
        string[] command = user is null ? shell : ["runuser", "-u", user, "--", .. shell];
        var start = new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = Path.GetTempPath(), RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        lock (Waiting)
            Waiting.Add(Process.Start(start)!);
    }
}
