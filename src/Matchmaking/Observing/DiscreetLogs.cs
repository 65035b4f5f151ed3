using Microsoft.Extensions.Logging.Console;

namespace Matchmaking.Observing;

/// <summary>The console's log, in which exceptions say what <see cref="Outline"/> lets them say.</summary>
/// <remarks>Every category is covered, ASP.NET Core's as well: whoever logs an unhandled exception logs its message.</remarks>
[ProviderAlias("Console")]
internal sealed class DiscreetLogs(ConsoleLoggerProvider console) : ILoggerProvider, ISupportExternalScope
{
    public ILogger CreateLogger(string categoryName) => new Discreet(console.CreateLogger(categoryName));

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => console.SetScopeProvider(scopeProvider);

    public void Dispose() => console.Dispose();

    private sealed class Discreet(ILogger log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => log.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => log.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Log(logLevel, eventId, state, exception is null ? null : new OutlinedException(exception), formatter);
    }

    private sealed class OutlinedException(Exception exception) : Exception(Outline.Line(exception))
    {
        public override string ToString() => Outline.Whole(exception);
    }
}
