using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Matchmaking.Search.Indexing;
using Matchmaking.Store;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Matchmaking.Observing;

/// <summary>What may be told of an exception: its type, where it arose, and its message only where that can't hold what somebody wrote.</summary>
/// <remarks>“The input string '…' was not in a correct format”: many messages quote what was being read, which may be a need.</remarks>
internal static class Outline
{
    /// <summary>One line: for a figure's label or a span, one of a few words.</summary>
    public static string Kind(Exception exception) => exception switch
    {
        PostgresException postgres => postgres.SqlState,
        SqliteException sqlite => string.Create(CultureInfo.InvariantCulture, $"SQLITE_{sqlite.SqliteExtendedErrorCode}"),
        _ => exception.GetType().Name,
    };

    /// <summary>One line: the type and what may be told of the message, for each of the chain.</summary>
    public static string Line(Exception exception)
    {
        var line = new StringBuilder();
        for (var e = exception; e is not null; e = e.InnerException)
            line.Append(line.Length == 0 ? "" : " ← ").Append(e.GetType().Name).Append(Message(e) is { } message ? ": " + message.ReplaceLineEndings(" ") : "");
        return line.ToString();
    }

    /// <summary>All of the chain with its stacks.</summary>
    public static string Whole(Exception exception)
    {
        var whole = new StringBuilder();
        Append(whole, exception, 0);
        return whole.ToString().TrimEnd();
    }

    private static void Append(StringBuilder whole, Exception exception, int depth)
    {
        whole.Append(depth == 0 ? "" : "---> ").Append(exception.GetType().FullName);
        if (Message(exception) is { } message)
            whole.Append(": ").Append(message);
        whole.Append('\n');
        if (exception is AggregateException { InnerExceptions.Count: > 1 } several && depth < 8)
        {
            foreach (var inner in several.InnerExceptions)
                Append(whole, inner, depth + 1);
        }
        else if (exception.InnerException is { } inner && depth < 8)
        {
            Append(whole, inner, depth + 1);
        }
        if (exception.StackTrace is { } stack)
            whole.Append(stack).Append('\n');
    }

    /// <summary>Files, sockets and engines speak of themselves; a data exception of PostgreSQL's (class 22) quotes the data.</summary>
    private static string? Message(Exception exception) => exception switch
    {
        PostgresException postgres => postgres.SqlState.StartsWith("22", StringComparison.Ordinal) ? postgres.SqlState : $"{postgres.SqlState} {postgres.MessageText} {postgres.TableName} {postgres.ConstraintName}".TrimEnd(),
        DbException or IOException or SocketException or UnauthorizedAccessException or TimeoutException or OutOfMemoryException or ObjectDisposedException or OperationCanceledException
            or ConfigurationException or IndexWriteException or IndexDamagedException or IndexInUseException => exception.Message,
        _ => null,
    };
}
