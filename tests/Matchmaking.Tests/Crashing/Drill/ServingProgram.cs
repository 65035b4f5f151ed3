using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Matchmaking.Tests.Crashing.Drill;

/// <summary>The built program, serving.</summary>
internal sealed class ServingProgram : IAsyncDisposable
{
    private ServingProgram(BuiltProgram program, HttpClient http) => (Program, Http) = (program, http);

    public BuiltProgram Program { get; }

    public HttpClient Http { get; }

    /// <summary>Starts the service on a free port and waits until it listens.</summary>
    public static async Task<ServingProgram> StartAsync(string directory, IReadOnlyDictionary<string, string>? environment = null, bool demo = false) =>
        await ListeningAsync(Begin(directory, environment, demo));

    /// <summary>Starts the service without waiting.</summary>
    public static BuiltProgram Begin(string directory, IReadOnlyDictionary<string, string>? environment = null, bool demo = false)
    {
        Directory.CreateDirectory(directory);
        return BuiltProgram.Start(Path.GetDirectoryName(Path.GetFullPath(directory))!, environment, "--data", directory, "--urls", "http://127.0.0.1:0", "--Matchmaking:Access:Anonymous=Administrator", $"--Matchmaking:Demo={demo}");
    }

    /// <summary>Waits until a service that was begun listens.</summary>
    public static async Task<ServingProgram> ListeningAsync(BuiltProgram program)
    {
        try
        {
            var line = await program.SaysAsync("listens on ");
            return new ServingProgram(program, new HttpClient { BaseAddress = new Uri(line[(line.IndexOf("http", StringComparison.Ordinal))..]) });
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends a document; the answer as JSON.</summary>
    /// <exception cref="HttpRequestException">The service has gone.</exception>
    public async Task<JsonNode> AskAsync(string query, object? variables = null)
    {
        using var response = await Http.PostAsJsonAsync("/graphql", new { query, variables });
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    /// <summary>Sends a document that must be answered without an error; its data.</summary>
    public async Task<JsonNode> DataAsync(string query, object? variables = null)
    {
        var answer = await AskAsync(query, variables);
        return answer["errors"] is null ? answer["data"]!.DeepClone() : throw new InvalidOperationException(answer.ToJsonString());
    }

    /// <summary>Asks until the answer is as wanted, but not for ever.</summary>
    public static async Task UntilAsync(Func<Task<bool>> wanted, string what, TimeSpan? atMost = null)
    {
        var patience = atMost ?? TimeSpan.FromSeconds(30);
        for (var end = DateTime.UtcNow + patience; !await wanted();)
        {
            if (DateTime.UtcNow > end)
                throw new TimeoutException($"In {patience} it did not come about that {what}.");
            await Task.Delay(50);
        }
    }

    /// <summary>Stops it as a supervisor does, and gives its exit code.</summary>
    public async Task<int> StopAsync(int signal = BuiltProgram.Terminate)
    {
        Program.Signal(signal);
        return (await Program.EndAsync()).ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Program.DisposeAsync();
    }
}
