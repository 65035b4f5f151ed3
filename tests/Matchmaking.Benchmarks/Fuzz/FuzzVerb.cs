using System.Diagnostics;
using System.Globalization;
using Matchmaking.Hosting;
using Matchmaking.Tests.Transport.Fuzzing;

namespace Matchmaking.Benchmarks.Fuzz;

/// <summary>Throws mutated requests at the real service over keep-alive sockets: no fault, no hang, bounded memory.</summary>
internal static class FuzzVerb
{
    public static async Task<int> RunAsync(string[] options)
    {
        var requests = Number(options, "--requests", 100_000);
        var seed = (int)Number(options, "--seed", 1);
        var connections = (int)Number(options, "--connections", 8);
        var directory = Directory.CreateTempSubdirectory("matchmaking-fuzz").FullName;
        try
        {
            await using var app = await ServeCommand.BuildAsync(["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default=Error", "--Matchmaking:Access:Anonymous=Administrator", "--Matchmaking:GraphQL:MaxBatch=5"], directory, new ServiceParts(TimeProvider.System), CancellationToken.None);
            await app.StartAsync();
            string[] documents = [.. Directory.GetFiles(Path.Combine(Repository.Root, "schema", "operations"), "*.graphql").Order(StringComparer.Ordinal).Select(File.ReadAllText)];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{requests} requests, seed {seed}, {connections} connections, {documents.Length} sample operations"));
            var run = new FuzzRun(new Uri(app.Urls.First()), documents, seed) { Failed = failure => Console.WriteLine("FAILED " + failure) };
            var clock = Stopwatch.StartNew();
            var running = run.RunAsync(requests, connections);
            while (await Task.WhenAny(running, Task.Delay(TimeSpan.FromSeconds(30))) != running)
                Report(run, clock);
            await running;
            Report(run, clock);
            foreach (var (status, count) in run.Statuses.OrderBy(s => s.Key, StringComparer.Ordinal))
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {status,-7} {count,10}"));
            await app.StopAsync();
            return run.Failures.Count == 0 ? 0 : 1;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static void Report(FuzzRun run, Stopwatch clock)
    {
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{clock.Elapsed.TotalSeconds,6:F0} s {run.Sent,9} requests, {run.Sent / clock.Elapsed.TotalSeconds:F0}/s; memory {process.WorkingSet64 >> 20} MiB, peak {process.PeakWorkingSet64 >> 20} MiB, heap {GC.GetTotalMemory(false) >> 20} MiB; slowest {run.Slowest.TotalSeconds:F2} s, longest answer {run.LongestAnswer >> 10} KiB; failures {run.Failures.Count}"));
    }

    private static long Number(string[] options, string name, long otherwise)
    {
        var at = Array.IndexOf(options, name);
        return at >= 0 && at + 1 < options.Length ? long.Parse(options[at + 1], CultureInfo.InvariantCulture) : otherwise;
    }
}
