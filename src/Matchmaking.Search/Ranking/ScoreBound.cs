using Matchmaking.Search.Associations;

namespace Matchmaking.Search.Ranking;

// A term that documents can score by, how much it weighs at most, and the power to which its rarity counts.
internal readonly record struct ScoreBound(IndexTerm Term, double Weight, double Power);

// All that who narrows down may know of a score: it is at most the sum, over the terms as far as a document holds them, of weight times what one
// unit of weight scores there, and beside that the closeness to a direction, which counts in standard deviations of the score.
internal sealed record ScoreBounds(IReadOnlyList<ScoreBound> Terms, Meaning? Direction, double MeaningWeight);
