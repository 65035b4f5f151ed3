using Lucene.Net.Analysis;

namespace Matchmaking.Search.Tests;

// Every letter or digit is a word, as far as UTF-16 characters go; whatever else there is parts them.
internal sealed class CharacterAnalyzer : Analyzer
{
    protected override TokenStreamComponents CreateComponents(string fieldName, TextReader reader) => new(new Characters(reader));

    private sealed class Characters(TextReader reader) : Tokenizer(reader)
    {
        private Lucene.Net.Analysis.TokenAttributes.ICharTermAttribute? _term;
        private Lucene.Net.Analysis.TokenAttributes.IOffsetAttribute? _offset;
        private int _at;

        public override void Reset()
        {
            base.Reset();
            _term ??= AddAttribute<Lucene.Net.Analysis.TokenAttributes.ICharTermAttribute>();
            _offset ??= AddAttribute<Lucene.Net.Analysis.TokenAttributes.IOffsetAttribute>();
            _at = 0;
        }

        public override bool IncrementToken()
        {
            ClearAttributes();
            for (var c = m_input.Read(); c >= 0; c = m_input.Read())
            {
                _at++;
                if (char.IsLetterOrDigit((char)c))
                {
                    _term!.SetEmpty().Append(char.ToLowerInvariant((char)c));
                    _offset!.SetOffset(CorrectOffset(_at - 1), CorrectOffset(_at));
                    return true;
                }
            }

            return false;
        }
    }
}
