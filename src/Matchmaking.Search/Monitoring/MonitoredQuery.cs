using Matchmaking.Search.Associations;
using Matchmaking.Search.Ranking;

namespace Matchmaking.Search.Monitoring;

// A stored query in a few arrays: its terms by number in the order of the score, what each weighs, where it points, and how much it asks for.
// It scores a document as the query bound to the snapshot does, in the same order and so to the same bits, without being bound term by term.
internal sealed class MonitoredQuery
{
    // What adding up in another order and precision may cost.
    private const double Rounding = 1e-4;

    private readonly int[] _numbers;
    private readonly double[] _weights;
    private readonly int _firstCharacter;
    private readonly int _maxTerms;
    private readonly double _meaningWeight;
    private readonly double _deviations;

    // Under which standings of the terms it was bound; the statistics themselves would outlive their snapshot here.
    private int _bound = -1;
    private Strongest _words;
    private Strongest _characters;

    public MonitoredQuery(Guid key, WeightedQuery query, double deviations, TextIndexSchema schema, MonitoredTerms terms)
    {
        var meaning = new BoundMeaning(query, schema.Associations);
        Key = key;
        Direction = meaning.Vector;
        _deviations = deviations;
        _meaningWeight = query.Meaning?.Weight ?? 0;
        _maxTerms = query.MaxTerms;
        _numbers = new int[meaning.Terms.Count];
        _weights = new double[meaning.Terms.Count];
        for (var i = 0; i < _numbers.Length; i++)
        {
            var (term, weight, _) = meaning.Terms[i];
            (_numbers[i], _weights[i]) = (terms.NumberOf(term, query.RarityPower(term)), weight);
            _firstCharacter += term.Kind == TermKind.Character ? 0 : 1;
        }
    }

    public Guid Key { get; }

    // Whether the lists of its terms have it, but for the commonest, as many as find nothing.
    public bool IsListed { get; set; }

    public ReadOnlySpan<int> Terms => _numbers;

    public Meaning? Direction { get; }

    // How far the scores of documents lie apart, under the statistics that it was last scored with.
    public double Deviation { get; private set; }

    // At least what a term weighs.
    public float Weight(int term) => QueryMonitor.Above(_weights[term]);

    // The places of its terms, from the commonest to the rarest.
    public int[] FromCommonest(MonitoredTerms terms)
    {
        var places = new int[_numbers.Length];
        var units = new double[places.Length];
        for (var i = 0; i < places.Length; i++)
        {
            (places[i], units[i]) = (i, terms[_numbers[i]].Unit);
        }

        Array.Sort(units, places);
        return places;
    }

    // For a table in which the terms have other numbers.
    public void Renumber(MonitoredTerms before, MonitoredTerms after)
    {
        IsListed = false;
        _bound = -1;
        for (var i = 0; i < _numbers.Length; i++)
        {
            var term = before[_numbers[i]];
            _numbers[i] = after.NumberOf(term.Term, term.Power);
        }
    }

    public double Score(IndexSnapshot snapshot, MonitoredTerms terms, ReadOnlySpan<double> saturations, Meaning? document)
    {
        var k1 = snapshot.Schema.K1;
        if (_bound != terms.Turn)
        {
            Bind(terms, k1);
            _bound = terms.Turn;
        }

        var score = Add(0, _firstCharacter, terms, saturations, k1, _words, 0);
        if (_meaningWeight * Deviation is > 0 and var factor && Direction is not null && document is not null)
        {
            score += factor * Direction.ClosenessTo(document);
        }

        return score > 0 ? Add(_firstCharacter, _numbers.Length, terms, saturations, k1, _characters, score) : 0;
    }

    // What it asks for at least until the terms' prospects end; the floor is zero where any document will do.
    public (double Floor, QuerySlots.Ask Ask) Foresee(MonitoredTerms terms)
    {
        var deviation = LeastDeviation(terms);
        var floor = _deviations - (_meaningWeight * (Direction?.GreatestCloseness ?? 0));
        return floor <= 0 || deviation == 0 ? default
            : (deviation * floor, new(deviation * _deviations, Direction is null ? 0 : deviation * _meaningWeight * Direction.Scale));
    }

    private double Add(int from, int to, MonitoredTerms terms, ReadOnlySpan<double> saturations, double k1, Strongest kept, double score)
    {
        for (var i = from; i < to; i++)
        {
            if (saturations[_numbers[i]] is > 0 and var saturation
                && Bm25F.Coefficient(_weights[i], terms.StandingOf(_numbers[i]).Rarity, k1) is var coefficient && kept.Keeps(coefficient, i))
            {
                score += coefficient * saturation;
            }
        }

        return score;
    }

    private void Bind(MonitoredTerms terms, double k1)
    {
        _words = StrongestOf(0, _firstCharacter, _maxTerms, terms, k1);
        _characters = StrongestOf(_firstCharacter, _numbers.Length, BoundQuery.MaxCharacters, terms, k1);
        Deviation = Math.Sqrt(Variance(_firstCharacter, _numbers.Length, terms, k1, _characters, Variance(0, _firstCharacter, terms, k1, _words, 0)));
    }

    private double Variance(int from, int to, MonitoredTerms terms, double k1, Strongest kept, double variance)
    {
        for (var i = from; i < to; i++)
        {
            ref readonly var standing = ref terms.StandingOf(_numbers[i]);
            var coefficient = Bm25F.Coefficient(_weights[i], standing.Rarity, k1);
            if (kept.Keeps(coefficient, i))
            {
                variance += BoundQuery.Variance(coefficient, standing.Share);
            }
        }

        return variance;
    }

    private Strongest StrongestOf(int from, int to, int most, MonitoredTerms terms, double k1)
    {
        if (to - from <= most)
        {
            return Strongest.All;
        }

        var coefficients = new double[to - from];
        for (var i = from; i < to; i++)
        {
            coefficients[i - from] = Bm25F.Coefficient(_weights[i], terms.StandingOf(_numbers[i]).Rarity, k1);
        }

        var sorted = coefficients.Order().ToArray();
        var least = sorted[^most];
        var ties = most - sorted.Count(c => c > least);
        for (var i = from; ; i++)
        {
            if (coefficients[i - from] == least && --ties == 0)
            {
                return new(least, i);
            }
        }
    }

    // Scores of the strongest terms alone are added up, so only those count that are surely among the strongest.
    private double LeastDeviation(MonitoredTerms terms)
    {
        var words = Weakest(0, _firstCharacter, _maxTerms, terms);
        var characters = Weakest(_firstCharacter, _numbers.Length, BoundQuery.MaxCharacters, terms);
        var variance = 0.0;
        for (var i = 0; i < _numbers.Length; i++)
        {
            var (weight, prospect) = (_weights[i], terms.ProspectOf(_numbers[i]));
            if (weight * prospect.LeastCoefficient > (i < _firstCharacter ? words : characters))
            {
                variance += weight * weight * prospect.LeastVariance;
            }
        }

        return Math.Sqrt(variance) * (1 - Rounding);
    }

    // Above what a coefficient must be so that its term can't be left out for others.
    private double Weakest(int from, int to, int most, MonitoredTerms terms)
    {
        if (to - from <= most)
        {
            return double.NegativeInfinity;
        }

        var coefficients = new double[to - from];
        for (var i = from; i < to; i++)
        {
            coefficients[i - from] = _weights[i] * terms.ProspectOf(_numbers[i]).GreatestCoefficient;
        }

        Array.Sort(coefficients);
        return coefficients[^(most + 1)];
    }

    // Which of many terms are scored: those of a greater coefficient than the least, and of those that have it the first, up to some place.
    private readonly record struct Strongest(double Least, int LastOfLeast)
    {
        public static Strongest All => new(double.NegativeInfinity, 0);

        public bool Keeps(double coefficient, int place) => coefficient > Least || (coefficient == Least && place <= LastOfLeast);
    }
}
