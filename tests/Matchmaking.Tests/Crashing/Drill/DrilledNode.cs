namespace Matchmaking.Tests.Crashing.Drill;

/// <summary>A service that is started again whenever it is killed.</summary>
internal sealed class DrilledNode(string data, IReadOnlyDictionary<string, string> environment) : IAsyncDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private volatile BuiltProgram? _program;
    private volatile ServingProgram? _service;
    private Task? _running;

    /// <summary>It, while it serves; null while it starts.</summary>
    public ServingProgram? Service => _service;

    public void Start() => _running = RunAsync();

    /// <summary>Kills it, wherever it is in its life; false where it isn't alive.</summary>
    public async Task<bool> KillAsync()
    {
        try
        {
            if (_program is not { HasExited: false } program)
                return false;
            await program.KillAsync();
            return true;
        }
        catch (InvalidOperationException)
        {
            // Between its end and its next start.
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await KillAsync();
        if (_running is not null)
            await _running;
        _ending.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_ending.IsCancellationRequested)
        {
            await using var program = ServingProgram.Begin(data, environment);
            _program = program;
            try
            {
                await using var service = await ServingProgram.ListeningAsync(program);
                _service = service;
                await program.EndAsync(Timeout.InfiniteTimeSpan);
            }
            catch (InvalidOperationException e) when (e.Message.StartsWith("It ended with 137", StringComparison.Ordinal))
            {
                // Killed before it served.
            }
            finally
            {
                _service = null;
            }
        }
    }
}
