using System.Globalization;

namespace Matchmaking.Benchmarks.Throughput;

/// <summary>Requests a second and the 99th percentile, ours beside what a front-end team would pick on the same rows.</summary>
/// <remarks>One server at a time is loaded, in turns; server and load generator have a core each. Before, each answer is held
/// against the peers': who answers something else is no peer.</remarks>
internal static class ThroughputVerb
{
    public static async Task<int> RunAsync(string[] options)
    {
        var seconds = Number(options, "--seconds", 5);
        var rounds = Number(options, "--rounds", 5);
        var warmUp = Number(options, "--warm-up", 30);
        var connections = Number(options, "--connections", 48);
        var place = Directory.CreateTempSubdirectory("matchmaking-throughput").FullName;
        var servers = new List<Server>();
        try
        {
            PeerPackages.Install();
            var ours = await Server.StartAsync("ours", "dotnet", Path.Combine(AppContext.BaseDirectory, "Matchmaking.dll"), "serve", "--data", Path.Combine(place, "data"), "--urls", "http://127.0.0.1:0", "--Matchmaking:Access:Anonymous=Administrator");
            servers.Add(ours);
            var rows = Path.Combine(place, "peer.db");
            PeerRows.Copy(Path.Combine(place, "data", "matchmaking.db"), rows);
            foreach (var peer in (string[])["mercurius", "yoga"])
                servers.Add(await Server.StartAsync(peer, "node", Repository.PathTo("tests", "Matchmaking.Benchmarks", "Throughput", "peer", "server.mjs"), peer, rows));
            foreach (var host in (string[])["transport", "bare"])
                servers.Add(await Server.StartAsync(host, "dotnet", Path.Combine(AppContext.BaseDirectory, "Matchmaking.Benchmarks.dll"), "throughput-host", host));

            var only = Array.IndexOf(options, "--only") is >= 0 and var at && at + 1 < options.Length ? options[at + 1] : "";
            var workloads = (await Workloads.OfAsync(servers, rows)).FindAll(w => w.Name.Contains(only, StringComparison.OrdinalIgnoreCase));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rounds} rounds of {seconds} s, {connections} connections, medians; CPU is the server's own time a request."));
            Console.WriteLine($"{"operation",-22} {"server",-10} {"requests/s",10} {"p99 ms",8} {"CPU µs",7}  ours is faster by");
            foreach (var workload in workloads)
            {
                foreach (var server in workload.Servers)
                    _ = Wrk.Load(server, workload, warmUp, connections, place);
                var runs = workload.Servers.ToDictionary(s => s, _ => new List<Load>());
                for (var round = 0; round < rounds; round++)
                {
                    foreach (var server in workload.Servers)
                        runs[server].Add(Wrk.Load(server, workload, seconds, connections, place));
                }
                foreach (var server in workload.Servers)
                {
                    var ratio = Median([.. runs[workload.Servers[0]].Zip(runs[server], (a, b) => a.PerSecond / b.PerSecond)]);
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                        $"{workload.Name,-22} {server.Name,-10} {Median([.. runs[server].Select(r => r.PerSecond)]),10:F0} {Median([.. runs[server].Select(r => r.P99Milliseconds)]),8:F1} {Median([.. runs[server].Select(r => r.CpuMicroseconds)]),7:F0}  {ratio:F2}"));
                }
            }
            return 0;
        }
        finally
        {
            foreach (var server in servers)
                server.Dispose();
            Directory.Delete(place, recursive: true);
        }
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values.Count % 2 == 1 ? values[values.Count / 2] : (values[(values.Count / 2) - 1] + values[values.Count / 2]) / 2;
    }

    private static int Number(string[] options, string name, int otherwise)
    {
        var at = Array.IndexOf(options, name);
        return at >= 0 && at + 1 < options.Length ? int.Parse(options[at + 1], CultureInfo.InvariantCulture) : otherwise;
    }
}
