namespace Matchmaking.Search.Analysis;

/// <summary>One piece of folded text, from <paramref name="Start"/> to before <paramref name="End"/>.</summary>
internal readonly record struct TextUnit(int Start, int End, TextUnitKind Kind);
