namespace Matchmaking.Transport;

/// <summary>Whether a client that has introduced itself may use its socket.</summary>
/// <param name="Refusal">Why it may not: the socket is closed with 4403 and this reason; null where it may.</param>
/// <param name="Until">When its right ends: the socket is closed with 4403 then; null where it doesn't.</param>
/// <param name="Ended">Is cancelled where its right ends before.</param>
public readonly record struct Admission(string? Refusal = null, DateTimeOffset? Until = null, CancellationToken Ended = default);
