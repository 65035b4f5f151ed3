namespace Matchmaking.Search.Ranking;

// A term that documents can score by, and how much it weighs at most.
internal readonly record struct ScoreBound(IndexTerm Term, double Weight);
