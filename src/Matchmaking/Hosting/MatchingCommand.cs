using System.CommandLine;
using System.Globalization;
using Matchmaking.Recommendations;

namespace Matchmaking.Hosting;

/// <summary>The verb <c>matching</c>: what an operator asks about recommendations, also beside a running service.</summary>
internal static class MatchingCommand
{
    public static Command Create()
    {
        var status = new Command("status", "Say how far recommendations follow the changes, and which process did how much (匹配进度)") { Verbs.Data, Verbs.Set };
        status.SetAction(async (parsed, cancellation) =>
        {
            using var stores = await Verbs.OpenStoreAsync(parsed, cancellation);
            await using var store = stores.Open("matching status");
            await WriteAsync(Console.Out, await MatchingStatus.ReadAsync(store, cancellation));
            return 0;
        });
        return new Command("matching", "Look at how recommendations come about (匹配)") { status };
    }

    private static async Task WriteAsync(TextWriter output, MatchingStatus status)
    {
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"""
            matched up to change  {status.Position} of {status.Head}
            lag                   {status.Lag} changes, {status.LagSeconds:0.###} s
            inbox                 {status.Inbox} recommendations; {status.Waiting} wait for a later day
            """));
        foreach (var node in status.Nodes)
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"node {node.Name}: {node.Turns} turns, {node.Changes} changes, {node.Recommendations} recommendations, {node.BusyMilliseconds} ms; index at {node.IndexPosition}; heard of {node.SeenAt:yyyy-MM-dd'T'HH:mm:ss'Z'}"));
    }
}
