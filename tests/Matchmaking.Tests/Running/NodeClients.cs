using System.Diagnostics;
using Xunit;

namespace Matchmaking.Tests.Running;

/// <summary>The public clients in <c>tests/clients</c>, run by Node.js against the real service.</summary>
/// <remarks>Their packages are installed once a test run, as the lock file has them. Without Node.js the test is skipped, and says so;
/// on CI, which installs it, it fails.</remarks>
internal static class NodeClients
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly Lazy<Task<string?>> Installed = new(InstallAsync);

    public static string Directory => Repository.At("tests", "clients");

    /// <summary>Runs a script of <c>tests/clients</c> to its end; the lines that it printed.</summary>
    public static Task<string[]> RunAsync(string script, params string[] args) => RunInAsync(Directory, script, args);

    /// <summary>The same from another directory.</summary>
    public static async Task<string[]> RunInAsync(string directory, string script, params string[] args)
    {
        var missing = await Installed.Value;
        Assert.False(missing is not null && Environment.GetEnvironmentVariable("CI") is "true", missing);
        Skip.If(missing is not null, missing);
        var (exitCode, output, errors) = await ExecuteAsync(directory, "node", [script, .. args]);
        Assert.True(exitCode == 0, $"{script} ended with {exitCode}:\n{output}\n{errors}");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static async Task<string?> InstallAsync()
    {
        try
        {
            var (exitCode, output, errors) = await ExecuteAsync(Directory, "npm", ["ci", "--ignore-scripts"]);
            return exitCode == 0 ? null : $"The clients' packages can't be installed: {output} {errors}";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "Node.js with npm isn't installed: the public clients can't be run.";
        }
    }

    private static async Task<(int ExitCode, string Output, string Errors)> ExecuteAsync(string directory, string program, IEnumerable<string> args)
    {
        using var process = Process.Start(new ProcessStartInfo(program, args) { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true })!;
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', args)} took more than {Patience}.");
        }
    }
}
