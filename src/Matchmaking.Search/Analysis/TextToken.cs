namespace Matchmaking.Search.Analysis;

/// <summary>One token of technical text.</summary>
/// <param name="Start">First UTF-16 unit in the text as it was given.</param>
/// <param name="End">One past the last UTF-16 unit in the text as it was given.</param>
/// <param name="Kind">What the token is.</param>
/// <param name="PositionIncrement">0 at the position of the token before, 1 at the next, more where stop words were left out.</param>
/// <param name="TermStart">Where <see cref="TextTokens"/> keeps the term.</param>
/// <param name="TermLength">Number of UTF-16 units of the term.</param>
public readonly record struct TextToken(int Start, int End, TextTokenKind Kind, int PositionIncrement, int TermStart, int TermLength);
