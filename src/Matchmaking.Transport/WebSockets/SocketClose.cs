using System.Net.WebSockets;
using System.Text;

namespace Matchmaking.Transport.WebSockets;

/// <summary>Why the server closes a socket: a code of RFC 6455 or of the protocol, and words for who debugs a client.</summary>
internal sealed class SocketClose(int code, string reason) : Exception(reason)
{
    // What a close frame holds beside its code.
    private const int MaxReasonBytes = 123;

    public static readonly SocketClose GoingAway = new(1001, "The server stops; connect again");
    public static readonly SocketClose InitTimeout = new(4408, "Connection initialisation timeout");
    public static readonly SocketClose TooManyInits = new(4429, "Too many initialisation requests");
    public static readonly SocketClose Unauthorized = new(4401, "Unauthorized");
    public static readonly SocketClose WrongProtocol = new(4406, "Subprotocol not acceptable");
    public static readonly SocketClose Silent = new(4499, "Nothing was heard, not even a pong");

    public static SocketClose Invalid(string why) => new(4400, why);

    public static SocketClose TooLarge(int bytes) => new(1009, $"A message is larger than {bytes} bytes");

    public static SocketClose Taken(string id) => new(4409, $"Subscriber for {id} already exists");

    public static SocketClose Forbidden(string why) => new(4403, why);

    public WebSocketCloseStatus Code => (WebSocketCloseStatus)code;

    /// <summary>The words, as many whole characters of them as a close frame holds.</summary>
    public string Reason
    {
        get
        {
            var (bytes, chars) = (0, 0);
            foreach (var rune in Message.EnumerateRunes())
            {
                bytes += rune.Utf8SequenceLength;
                if (bytes > MaxReasonBytes)
                    return Message[..chars];
                chars += rune.Utf16SequenceLength;
            }
            return Message;
        }
    }
}
