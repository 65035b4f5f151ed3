using Lucene.Net.Index;
using Lucene.Net.Util;
using Matchmaking.Search.Analysis;
using Matchmaking.Search.Ranking;

namespace Matchmaking.Search.Queries;

// The indexed words that begin with a prefix, commonest first; bounded, and the same whatever the layout of the segments.
internal static class PrefixExpansion
{
    public const int RankedTerms = 16;
    private const int ReadTerms = 512;

    public static List<string> Of(IndexReader reader, IndexStatistics statistics, string field, string prefix)
    {
        var begin = new BytesRef(TextFolding.Fold(prefix));
        var terms = MultiFields.GetTerms(reader, field)?.GetEnumerator();
        var found = new List<(string Term, int Frequency)>();
        if (terms is null || terms.SeekCeil(begin) == TermsEnum.SeekStatus.END)
        {
            return [];
        }

        do
        {
            if (!StringHelper.StartsWith(terms.Term, begin))
            {
                break;
            }

            var term = terms.Term.Utf8ToString();

            // Words of deleted documents linger until a merge; they neither count nor match.
            if (statistics.DocumentFrequency(IndexTerm.Word(term)) is > 0 and var frequency)
            {
                found.Add((term, frequency));
            }
        }
        while (found.Count < ReadTerms && terms.MoveNext());

        found.Sort(static (a, b) => a.Frequency != b.Frequency
            ? b.Frequency.CompareTo(a.Frequency)
            : string.CompareOrdinal(a.Term, b.Term));
        return found.ConvertAll(static pair => pair.Term);
    }
}
