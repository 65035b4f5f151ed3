using GraphQL;
using Microsoft.AspNetCore.Http;

namespace Matchmaking.Transport;

/// <summary>A request that can't be taken, before any document is looked at.</summary>
internal sealed class RequestRefusal(int status, string code, string message) : Exception(message)
{
    public int Status => status;

    public string Code => code;

    /// <summary>A header that tells the client what would be taken, as Allow.</summary>
    public (string Name, string Value)? Header { get; init; }

    public ExecutionResult Result => new() { Errors = [new RefusedRequest(this)] };

    public static RequestRefusal TooManyConnections(StreamOptions bounds) =>
        new(StatusCodes.Status503ServiceUnavailable, "TOO_MANY_CONNECTIONS", $"{bounds.MaxConnections} sockets and event streams are open, which is the most: try again.") { Header = ("Retry-After", "5") };

    public static RequestRefusal Body(string message) => new(StatusCodes.Status400BadRequest, "HC0012", message);

    /// <summary>A client's value as it may stand in a message: never the whole of a huge one.</summary>
    public static string Shorten(string value) => value.Length <= 80 ? value : string.Concat(value.AsSpan(0, char.IsHighSurrogate(value[76]) ? 76 : 77), "…");
}

/// <summary>An error that has a status of its own, whatever media type the client takes.</summary>
public interface IStatusError
{
    int Status { get; }

    /// <summary>After how many seconds it may be tried again; null where that isn't known.</summary>
    int? RetryAfter => null;
}

/// <summary>What was refused, as an error of the answer.</summary>
internal sealed class RefusedRequest : ExecutionError, IStatusError
{
    public RefusedRequest(RequestRefusal refusal) : base(refusal.Message) => (Code, Status) = (refusal.Code, refusal.Status);

    public int Status { get; }
}

/// <summary>The operation took longer than it may.</summary>
internal sealed class TimedOut : ExecutionError, IStatusError
{
    public TimedOut(TimeSpan limit) : base(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The operation took longer than {limit.TotalSeconds} s and was stopped.")) => Code = "HC0045";

    public int Status => StatusCodes.Status504GatewayTimeout;
}

/// <summary>A fault of ours: the client gets an id that the log has too, and nothing else.</summary>
internal sealed class UnexpectedFault : ExecutionError
{
    /// <summary>The id that stands in the answer and in the log.</summary>
    public string Id { get; }

    public UnexpectedFault(string id) : base("Unexpected Execution Error")
    {
        Id = id;
        Code = "HC0008";
        Extensions = new Dictionary<string, object?> { ["code"] = Code, ["errorId"] = id };
    }
}
