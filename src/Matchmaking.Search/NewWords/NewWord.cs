namespace Matchmaking.Search.NewWords;

/// <summary>What stands in a stock as a word would and is in no lexicon (新词).</summary>
/// <param name="Text">The word, folded.</param>
/// <param name="Frequency">How often it stands in the stock.</param>
/// <param name="Information">How many bits more often its parts stand together than by chance, at the cut where they hold together least (互信息).</param>
/// <param name="LeftEntropy">How freely what stands before it changes, in bits (左熵).</param>
/// <param name="RightEntropy">How freely what stands behind it changes, in bits (右熵).</param>
public sealed record NewWord(string Text, int Frequency, double Information, double LeftEntropy, double RightEntropy);
