using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;

namespace Matchmaking.Search.Indexing;

// Hands tokens that were made once to Lucene, so that no text is analysed twice.
internal sealed class TokenReplay : TokenStream
{
    private readonly IEnumerable<(string Term, int Increment)> _tokens;
    private readonly ICharTermAttribute _term;
    private readonly IPositionIncrementAttribute _increment;
    private IEnumerator<(string Term, int Increment)>? _next;

    public TokenReplay(IEnumerable<(string Term, int Increment)> tokens)
    {
        _tokens = tokens;
        _term = AddAttribute<ICharTermAttribute>();
        _increment = AddAttribute<IPositionIncrementAttribute>();
    }

    public override void Reset()
    {
        base.Reset();
        _next = _tokens.GetEnumerator();
    }

    public override bool IncrementToken()
    {
        if (_next is null || !_next.MoveNext())
        {
            return false;
        }

        ClearAttributes();
        _term.SetEmpty().Append(_next.Current.Term);
        _increment.PositionIncrement = _next.Current.Increment;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        _next?.Dispose();
        _next = null;
        base.Dispose(disposing);
    }
}
