using Matchmaking.Search.Associations;
using Matchmaking.Search.Ranking;

namespace Matchmaking.Search.Monitoring;

// A stored query: its terms from the commonest to the rarest with at least what each weighs, where it points, and how much it asks for.
internal sealed class MonitoredQuery(Guid key, WeightedQuery query, double deviations)
{
    // What adding up in another order and precision may cost.
    private const double Rounding = 1e-4;

    private MonitoredTerm[] _terms = [];
    private float[] _weights = [];
    private double _meaningWeight;

    // Nothing is known of its score that would exclude a document.
    private bool _isUnbounded;

    public Guid Key { get; } = key;

    // Whether its terms were looked up.
    public bool IsKnown { get; private set; }

    // Whether the lists of its terms have it, but for the commonest, as many as find nothing.
    public bool IsListed { get; set; }

    public int Rests { get; set; }

    public ReadOnlySpan<MonitoredTerm> Terms => _terms;

    public ReadOnlySpan<float> Weights => _weights;

    public Meaning? Direction { get; private set; }

    public void Know(IndexSnapshot snapshot, MonitoredTerms terms)
    {
        IsKnown = true;
        var bounds = query.Bounds(snapshot.Schema.Associations);
        (Direction, _meaningWeight) = (bounds.Direction, bounds.MeaningWeight);
        var found = bounds.Terms.Select(bound => MonitoredTerms.IsWhole(bound.Term) && bound.Power <= Prospect.GreatestPower ? terms.Of(bound, snapshot) : null).ToArray();
        _isUnbounded = found.Contains(null);
        if (!_isUnbounded)
        {
            _terms = found!;
            _weights = [.. bounds.Terms.Select(bound => QueryMonitor.Above(bound.Weight))];
        }
    }

    public void Forget() => (IsKnown, IsListed, _terms, _weights) = (false, false, [], []);

    // From the commonest to the rarest.
    public void Sort()
    {
        var order = Enumerable.Range(0, _terms.Length).OrderBy(i => _terms[i].Unit).ToArray();
        _terms = [.. order.Select(i => _terms[i])];
        _weights = [.. order.Select(i => _weights[i])];
    }

    // What it asks for at least until the terms' prospects end; the floor is zero where any document will do.
    public (double Floor, QuerySlots.Ask Ask) Foresee()
    {
        var deviation = LeastDeviation();
        var floor = deviations - (_meaningWeight * (Direction?.GreatestCloseness ?? 0));
        return _isUnbounded || floor <= 0 || deviation == 0 ? default
            : (deviation * floor, new(deviation * deviations, Direction is null ? 0 : deviation * _meaningWeight * Direction.Scale));
    }

    // Scores of the strongest terms alone are added up, so only those count that are surely among the strongest.
    private double LeastDeviation()
    {
        var words = Weakest(query.MaxTerms, characters: false);
        var characters = Weakest(BoundQuery.MaxCharacters, characters: true);
        var variance = 0.0;
        for (var i = 0; i < _terms.Length; i++)
        {
            var (weight, prospect) = ((double)_weights[i], _terms[i].Prospect);
            if (weight * prospect.LeastCoefficient > (IsCharacter(i) ? characters : words))
            {
                variance += weight * weight * prospect.LeastVariance;
            }
        }

        return Math.Sqrt(variance) * (1 - Rounding);
    }

    // Above what a coefficient must be so that its term can't be left out for others.
    private double Weakest(int most, bool characters)
    {
        var count = 0;
        for (var i = 0; i < _terms.Length; i++)
        {
            count += IsCharacter(i) == characters ? 1 : 0;
        }

        if (count <= most)
        {
            return double.NegativeInfinity;
        }

        Span<double> coefficients = count <= 512 ? stackalloc double[count] : new double[count];
        for (var i = _terms.Length - 1; i >= 0; i--)
        {
            if (IsCharacter(i) == characters)
            {
                coefficients[--count] = _weights[i] * _terms[i].Prospect.GreatestCoefficient;
            }
        }

        coefficients.Sort();
        return coefficients[^(most + 1)];
    }

    private bool IsCharacter(int term) => _terms[term].IsCharacter;
}
