using Spectre.Console;

namespace Matchmaking.Hosting;

/// <summary>Shows how far the index has followed the store: a bar on a terminal, a line now and then elsewhere.</summary>
/// <remarks>Says nothing where there is less to do than one would notice.</remarks>
internal sealed class IndexProgress : IDisposable
{
    private const int Worthwhile = 2000;
    private const int LineEvery = 20_000;

    private readonly IAnsiConsole _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
    private long? _from;
    private long _said;

    public void Report(long position, long head)
    {
        _from ??= position;
        if (head - _from.Value < Worthwhile)
            return;
        if (_console.Profile.Capabilities.Interactive)
        {
            const int width = 40;
            var done = (int)(width * position / head);
            Console.Error.Write($"\rindex  {new string('█', done)}{new string('░', width - done)} {100 * position / head,3} %  {position:N0} of {head:N0} changes");
            _said = head;
        }
        else if (position - _said >= LineEvery || position == head)
        {
            Console.Error.WriteLine($"index: {position} of {head} changes");
            _said = position;
        }
    }

    public void Dispose()
    {
        if (_said > 0 && _console.Profile.Capabilities.Interactive)
            Console.Error.WriteLine();
    }
}
