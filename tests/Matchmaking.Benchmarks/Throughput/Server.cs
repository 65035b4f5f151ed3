using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Matchmaking.Benchmarks.Throughput;

/// <summary>One server in a process and on a core of its own.</summary>
internal sealed class Server : IDisposable
{
    private readonly Process _process;
    private readonly HttpClient _http;

    private Server(string name, Process process, Uri address)
    {
        Name = name;
        _process = process;
        Address = address;
        _http = new HttpClient { BaseAddress = address };
    }

    public string Name { get; }

    public Uri Address { get; }

    /// <summary>The time that it has spent on its core so far.</summary>
    public TimeSpan Spent
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts it and waits until it says where it listens.</summary>
    public static async Task<Server> StartAsync(string name, params string[] command)
    {
        // Given to the last core; the load comes from the first. taskset becomes the program, so that its times are the program's.
        var start = new ProcessStartInfo("taskset", ["-c", (Environment.ProcessorCount - 1).ToString(CultureInfo.InvariantCulture), .. command])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            Environment = { ["NODE_ENV"] = "production", ["ASPNETCORE_ENVIRONMENT"] = "Production" },
        };
        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.IndexOf("listens on http", StringComparison.Ordinal) is >= 0 and var at)
            {
                // Read on, or it would stand when the pipe is full.
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                return new Server(name, process, new Uri(line[(at + "listens on ".Length)..].Trim()));
            }
        }
        await process.WaitForExitAsync();
        process.Dispose();
        throw new InvalidOperationException($"{name} ended before it listened.");
    }

    /// <summary>The data of one answer; an error where there are errors.</summary>
    public async Task<JsonNode> DataAsync(string body)
    {
        using var content = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        using var response = await _http.PostAsync("/graphql", content);
        var answer = await response.Content.ReadFromJsonAsync<JsonNode>();
        return answer!["errors"] is null && answer["data"] is { } data ? data : throw new InvalidOperationException($"{Name} answers {body} with {answer.ToJsonString()}");
    }

    public void Dispose()
    {
        _http.Dispose();
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }
}
