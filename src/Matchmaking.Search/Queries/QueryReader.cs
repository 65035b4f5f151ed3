using Matchmaking.Search.Indexing;

namespace Matchmaking.Search.Queries;

// Reads a user's query into clauses:
//   query  = { clause }             parted by blanks
//   clause = [ "+" | "-" ] [ field ":" ] ( '"' phrase '"' | word [ "*" ] )
// Full-width signs count as the ASCII ones they look like. A field name is of letters alone; "1:2" is a word.
internal sealed class QueryReader(TextIndexSchema schema, string text)
{
    private readonly List<QueryClause> _clauses = [];
    private int _at;

    public List<QueryClause> Read()
    {
        if (text.Length > UserQuery.MaxLength)
        {
            throw new QuerySyntaxException($"The query has {text.Length} characters; at most {UserQuery.MaxLength} are read.", UserQuery.MaxLength);
        }

        while (SkipBlanks())
        {
            if (_clauses.Count == UserQuery.MaxClauses)
            {
                throw new QuerySyntaxException($"The query has more than {UserQuery.MaxClauses} clauses.", _at);
            }

            _clauses.Add(ReadClause());
        }

        if (_clauses.Count == 0)
        {
            throw new QuerySyntaxException("The query is empty.", 0);
        }

        if (_clauses.TrueForAll(static clause => clause.Sign == ClauseSign.Not))
        {
            throw new QuerySyntaxException("The query only says what not to find; add what to find.", _clauses[0].Position);
        }

        return _clauses;
    }

    private static char Plain(char c) => c switch
    {
        '“' or '”' or '„' => '"',
        _ => Width.Narrow(c),
    };

    private char Peek() => _at < text.Length ? Plain(text[_at]) : '\0';

    private bool AtEndOfWord() => _at >= text.Length || char.IsWhiteSpace(text[_at]);

    private bool SkipBlanks()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }

        return _at < text.Length;
    }

    private QueryClause ReadClause()
    {
        var position = _at;
        var sign = ReadSign();
        var field = ReadField();
        var start = _at;
        if (Peek() == '"')
        {
            return new(sign, ClauseKind.Phrase, field, ReadPhrase(), position, start);
        }

        var (word, prefix) = ReadWord();
        return new(sign, prefix ? ClauseKind.Prefix : ClauseKind.Words, field, word, position, start);
    }

    private ClauseSign ReadSign()
    {
        var sign = Peek() switch
        {
            '+' => ClauseSign.Must,
            '-' => ClauseSign.Not,
            _ => ClauseSign.None,
        };
        if (sign != ClauseSign.None)
        {
            _at++;
            if (AtEndOfWord() || Peek() is '+' or '-')
            {
                throw new QuerySyntaxException($"\"{text[_at - 1]}\" stands alone; a word or phrase must follow it at once.", _at - 1);
            }
        }

        return sign;
    }

    private IndexField? ReadField()
    {
        var end = _at;
        while (end < text.Length && char.IsLetter(text[end]))
        {
            end++;
        }

        if (end >= text.Length || Plain(text[end]) != ':')
        {
            return null;
        }

        var name = text[_at..end];
        if (name.Length == 0)
        {
            throw new QuerySyntaxException("A field name is missing before \":\".", end);
        }

        var field = schema.FindByAlias(name)
            ?? throw new QuerySyntaxException($"There is no field \"{name}\"; fields are {string.Join(", ", schema.Fields.Select(f => f.Name))}.", _at);
        _at = end + 1;
        if (AtEndOfWord())
        {
            throw new QuerySyntaxException($"Nothing follows \"{name}:\"; the value must follow at once, without a blank.", end);
        }

        return field;
    }

    private string ReadPhrase()
    {
        var open = _at++;
        var start = _at;
        while (_at < text.Length && Plain(text[_at]) != '"')
        {
            _at++;
        }

        if (_at >= text.Length)
        {
            throw new QuerySyntaxException("The quotation mark is never closed.", open);
        }

        var phrase = text[start.._at++];
        return string.IsNullOrWhiteSpace(phrase) ? throw new QuerySyntaxException("There is nothing between the quotation marks.", open) : phrase;
    }

    private (string Word, bool Prefix) ReadWord()
    {
        var start = _at;
        while (!AtEndOfWord() && Peek() is not ('"' or '*'))
        {
            _at++;
        }

        var word = text[start.._at];
        if (Peek() != '*')
        {
            return (word, false);
        }

        var star = _at++;
        if (word.Length == 0)
        {
            throw new QuerySyntaxException("\"*\" stands alone; it comes right after the beginning of a word.", star);
        }

        return AtEndOfWord() ? (word, true) : throw new QuerySyntaxException("\"*\" may only end a word.", star);
    }
}
