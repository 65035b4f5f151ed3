namespace Matchmaking.Transport;

/// <summary>A setting of the endpoint can't be taken; the message names the setting and its value.</summary>
public sealed class InvalidOptionException(string message, Exception? inner = null) : Exception(message, inner);
