using GraphQL;
using Microsoft.AspNetCore.Http;

namespace Matchmaking.Transport;

/// <summary>A request that can't be taken, before any document is looked at.</summary>
internal sealed class RequestRefusal(int status, string code, string message) : Exception(message)
{
    public int Status => status;

    public string Code => code;

    /// <summary>The methods to name in the Allow header.</summary>
    public string? Allow { get; init; }

    public static RequestRefusal Body(string message) => new(StatusCodes.Status400BadRequest, "HC0012", message);
}

/// <summary>A fault of ours: the client gets an id that the log has too, and nothing else.</summary>
internal sealed class UnexpectedFault : ExecutionError
{
    public UnexpectedFault(string id) : base("Unexpected Execution Error")
    {
        Code = "HC0008";
        Extensions = new Dictionary<string, object?> { ["code"] = Code, ["errorId"] = id };
    }
}
