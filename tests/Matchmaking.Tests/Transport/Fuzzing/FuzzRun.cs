using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Matchmaking.Tests.Transport.Fuzzing;

/// <summary>Throws mutated requests at a server, and notes each that it did not refuse or answer as it should.</summary>
/// <remarks>Each connection draws from a seed of its own, so what it sends doesn't depend on how fast the others are.</remarks>
internal sealed class FuzzRun(Uri server, IReadOnlyList<string> documents, int seed)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, long> _statuses = new(StringComparer.Ordinal);
    private readonly List<string> _failures = [];
    private readonly RequestMutator _mutator = new(new DocumentMutator(documents));
    private long _sent;

    /// <summary>Requests that were answered with 500, an error id, or not at all; the first hundred.</summary>
    public IReadOnlyList<string> Failures => _failures;

    /// <summary>How often each status was seen; "closed" where the server ended the connection of a broken request.</summary>
    public IReadOnlyDictionary<string, long> Statuses => _statuses;

    /// <summary>Is told of each failure at once.</summary>
    public Action<string>? Failed { get; init; }

    public TimeSpan Slowest { get; private set; }

    public int LongestAnswer { get; private set; }

    public long Sent => Volatile.Read(ref _sent);

    public Task RunAsync(long requests, int connections) =>
        Task.WhenAll(Enumerable.Range(0, connections).Select(i => Task.Run(() => ConnectionAsync(new Random(seed * 1000 + i), requests / connections + (i < requests % connections ? 1 : 0)))));

    private async Task ConnectionAsync(Random random, long requests)
    {
        using var socket = new KeepAliveSocket(server.Host, server.Port);
        for (; requests > 0; requests--)
        {
            var (bytes, broken) = _mutator.Next(random);
            using var limit = new CancellationTokenSource(Patience);
            var started = Stopwatch.GetTimestamp();
            (int Status, string Body)? answer = null;
            var hangs = false;
            try
            {
                answer = await socket.SendAsync(bytes, broken, limit.Token);
            }
            catch (OperationCanceledException)
            {
                hangs = true;
            }
            Note(bytes, broken, answer, hangs, Stopwatch.GetElapsedTime(started));
            Interlocked.Increment(ref _sent);
        }
    }

    private void Note(byte[] request, bool broken, (int Status, string Body)? answer, bool hangs, TimeSpan took)
    {
        lock (_statuses)
        {
            var status = hangs ? "hangs" : answer?.Status.ToString(CultureInfo.InvariantCulture) ?? "closed";
            _statuses[status] = _statuses.GetValueOrDefault(status) + 1;
            Slowest = took > Slowest ? took : Slowest;
            LongestAnswer = Math.Max(LongestAnswer, answer?.Body.Length ?? 0);
            var isBad = hangs || answer?.Status is 500 || answer?.Body.Contains("errorId", StringComparison.Ordinal) == true;
            // A request too large for the server is closed upon; one that is whole is owed an answer.
            isBad |= answer is null && !broken;
            if (!isBad || _failures.Count == 100)
                return;
            _failures.Add(string.Create(CultureInfo.InvariantCulture, $"{status} after {took.TotalSeconds:F1} s: {Shown(Encoding.UTF8.GetString(request), 3000)}\n=> {Shown(answer?.Body ?? "", 600)}"));
            Failed?.Invoke(_failures[^1]);
        }
    }

    private static string Shown(string text, int length) => text.Length <= length ? text : text[..length] + "…";
}
