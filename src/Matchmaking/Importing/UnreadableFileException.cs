namespace Matchmaking.Importing;

/// <summary>The file as a whole can't be imported; the message is one line that names it and what was found.</summary>
public sealed class UnreadableFileException(string message, Exception? inner = null) : Exception(message, inner);
