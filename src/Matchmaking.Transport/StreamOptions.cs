using System.ComponentModel.DataAnnotations;

namespace Matchmaking.Transport;

/// <summary>How connections that stay open behave: sockets of <c>graphql-transport-ws</c> and streams of server-sent events.</summary>
public sealed class StreamOptions
{
    /// <summary>The most sockets and event streams open at a time; one more is answered 503.</summary>
    [Range(0, 10_000_000)]
    public int MaxConnections { get; set; } = 10_000;

    /// <summary>The most operations open at a time on one socket; one more gets an error message of its own.</summary>
    [Range(1, 10_000)]
    public int MaxOperations { get; set; } = 100;

    /// <summary>The largest message of a client in bytes; beyond it the socket is closed with 1009.</summary>
    [Range(1024, 1 << 28)]
    public int MaxMessageBytes { get; set; } = 1 << 20;

    /// <summary>How long a socket may stay without <c>connection_init</c>; then it is closed with 4408.</summary>
    public TimeSpan InitTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the server says that it is there: <c>ping</c> on a socket, a comment on an event stream.</summary>
    /// <remarks>A socket on which nothing was heard for two of these, not even a <c>pong</c>, is closed.</remarks>
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a message may wait because the client doesn't read; then the connection is cut.</summary>
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an event is tried again that a fault of the service's own keeps from being told, as an absent database does; then the stream ends, and who comes again with the last cursor is told it then.</summary>
    public TimeSpan EventPatience { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a closing socket waits for the client to close as well.</summary>
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The origins whose pages may open a socket beside the service's own, with spaces between, as <c>https://example.org</c>; <c>*</c> is every origin.</summary>
    /// <remarks>A browser lets any page open a socket to anywhere and only says which page it was.</remarks>
    public string? AllowedOrigins { get; set; }
}
