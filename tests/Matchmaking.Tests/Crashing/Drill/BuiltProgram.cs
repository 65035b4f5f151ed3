using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Matchmaking.Tests.Crashing.Drill;

/// <summary>The built program in a process of its own, as an operator runs it.</summary>
internal sealed class BuiltProgram : IAsyncDisposable
{
    public const int Interrupt = 2;
    public const int Terminate = 15;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly List<(string Text, TaskCompletionSource<string> Seen)> _awaited = [];

    private int _disposed;

    private BuiltProgram(Process process) => _process = process;

    /// <summary>All it has written so far.</summary>
    public string Written
    {
        get
        {
            lock (_output)
                return $"{_output}{_errors}";
        }
    }

    public bool HasExited => _process.HasExited;

    /// <summary>The memory it holds at present, in bytes.</summary>
    public long Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public static BuiltProgram Start(string workingDirectory, IReadOnlyDictionary<string, string>? environment, params string[] args)
    {
        // A shell starts what it runs in the background deaf to Ctrl-C, and children inherit that: a test run there would wait for ever.
        var start = new ProcessStartInfo("env") { WorkingDirectory = workingDirectory, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.ArgumentList.Add("--default-signal=INT");
        start.ArgumentList.Add("dotnet");
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Matchmaking.dll"));
        foreach (var arg in args)
            start.ArgumentList.Add(arg);
        // What the surroundings say about addresses and engines isn't meant for these processes.
        foreach (var name in start.Environment.Keys.Where(n => n.StartsWith("ASPNETCORE_", StringComparison.Ordinal) || n.StartsWith("Matchmaking__", StringComparison.Ordinal) || n.StartsWith("ConnectionStrings__", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        var program = new BuiltProgram(new Process { StartInfo = start });
        program._process.OutputDataReceived += (_, line) => program.Take(program._output, line.Data);
        program._process.ErrorDataReceived += (_, line) => program.Take(program._errors, line.Data);
        program._process.Start();
        program._process.BeginOutputReadLine();
        program._process.BeginErrorReadLine();
        return program;
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<Ended> RunAsync(string workingDirectory, IReadOnlyDictionary<string, string>? environment, params string[] args)
    {
        await using var program = Start(workingDirectory, environment, args);
        return await program.EndAsync();
    }

    /// <summary>The first line that holds the text; an error with all that was written where the program ends without it.</summary>
    public async Task<string> SaysAsync(string text)
    {
        var seen = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_output)
        {
            var said = $"{_output}{_errors}".Split('\n').FirstOrDefault(l => l.Contains(text, StringComparison.Ordinal));
            if (said is not null)
                return said;
            _awaited.Add((text, seen));
        }
        var ended = _process.WaitForExitAsync();
        await Task.WhenAny(seen.Task, ended).WaitAsync(Patience);
        // Its last lines are read by the time the exit is told.
        return seen.Task.IsCompleted
            ? await seen.Task
            : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"It ended with {_process.ExitCode} before it said '{text}':\n{Written}"));
    }

    /// <summary>Waits for its end.</summary>
    public async Task<Ended> EndAsync(TimeSpan? atMost = null)
    {
        await _process.WaitForExitAsync().WaitAsync(atMost ?? Patience);
        lock (_output)
            return new Ended(_process.ExitCode, _output.ToString(), _errors.ToString());
    }

    /// <summary>Kills it at the given time, as kill -9 does; false where it had ended by itself before.</summary>
    public async Task<bool> KillAfterAsync(TimeSpan delay)
    {
        // The delay is the moment of the crash, not a wait for anything.
        await Task.WhenAny(_process.WaitForExitAsync(), Task.Delay(delay));
        if (_process.HasExited)
            return false;
        await KillAsync();
        return true;
    }

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Signal(int signal)
    {
        if (SendSignal(_process.Id, signal) != 0)
            throw new InvalidOperationException($"No signal could be sent to {_process.Id}.");
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int SendSignal(int process, int signal);

    private void Take(StringBuilder into, string? line)
    {
        if (line is null)
            return;
        lock (_output)
        {
            into.Append(line).Append('\n');
            foreach (var (text, seen) in _awaited)
            {
                if (line.Contains(text, StringComparison.Ordinal))
                    seen.TrySetResult(line);
            }
        }
    }
}

/// <summary>How a run of the program ended.</summary>
internal sealed record Ended(int ExitCode, string Output, string Errors);
