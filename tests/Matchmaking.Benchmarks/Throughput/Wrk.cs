using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Matchmaking.Benchmarks.Throughput;

/// <summary>What one run of the load generator measured.</summary>
internal readonly record struct Load(double PerSecond, double P99Milliseconds, double CpuMicroseconds);

/// <summary>The load generator wrk, on the first core, over connections that are kept open.</summary>
internal static class Wrk
{
    public static Load Load(Server server, Workload workload, int seconds, int connections, string place)
    {
        var script = Path.Combine(place, "load.lua");
        File.WriteAllText(script, Script(workload.Bodies));
        var before = server.Spent;
        var start = new ProcessStartInfo("taskset",
            ["-c", "0", "wrk", "-t1", $"-c{connections}", $"-d{seconds}s", "--timeout", "30s", "-s", script, new Uri(server.Address, "/graphql").ToString()])
        {
            RedirectStandardOutput = true,
        };
        using var wrk = Process.Start(start) ?? throw new InvalidOperationException("wrk can't be started.");
        var output = wrk.StandardOutput.ReadToEnd();
        wrk.WaitForExit();
        var result = output.Split('\n').FirstOrDefault(l => l.StartsWith("result ", StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"wrk says nothing of use: {output}");
        var figures = result.Split(' ').Skip(1).Select(f => double.Parse(f, CultureInfo.InvariantCulture)).ToArray();
        if (figures[3] > 0)
            throw new InvalidOperationException($"{server.Name} failed {figures[3]} requests of {workload.Name}.");
        return new Load(figures[0] / figures[1] * 1e6, figures[2] / 1000, (server.Spent - before).TotalMicroseconds / figures[0]);
    }

    /// <summary>A script that sends the bodies in turn and tells requests, µs, 99th percentile in µs and failures.</summary>
    private static string Script(IReadOnlyList<string> bodies)
    {
        var script = new StringBuilder("local requests, next = {}, 0\n");
        script.Append("local headers = { [\"Content-Type\"] = \"application/json\", [\"Accept\"] = \"application/json\" }\n");
        script.Append("function init()\n");
        foreach (var body in bodies)
            script.Append(CultureInfo.InvariantCulture, $"  requests[#requests + 1] = wrk.format(\"POST\", nil, headers, [==[{body}]==])\n");
        script.Append("end\nfunction request() next = next % #requests + 1; return requests[next] end\n");
        script.Append("function done(summary, latency)\n  local e = summary.errors\n");
        script.Append("  io.write(string.format(\"result %d %d %d %d\\n\", summary.requests, summary.duration, latency:percentile(99), e.connect + e.read + e.write + e.status + e.timeout))\nend\n");
        return script.ToString();
    }
}
