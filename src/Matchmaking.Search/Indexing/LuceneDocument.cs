using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Util;

namespace Matchmaking.Search.Indexing;

// Turns a document and its tokens into the fields that Lucene writes, checking names and values against the schema.
internal static class LuceneDocument
{
    private static readonly FieldType s_text = Freeze(new FieldType
    {
        IsIndexed = true,
        IsTokenized = true,
        OmitNorms = true,
        IndexOptions = IndexOptions.DOCS_AND_FREQS_AND_POSITIONS,
    });

    private static readonly FieldType s_anyText = Freeze(new FieldType
    {
        IsIndexed = true,
        IsTokenized = true,
        OmitNorms = true,
        IndexOptions = IndexOptions.DOCS_ONLY,
    });

    private static readonly FieldType s_exact = Freeze(new FieldType
    {
        IsIndexed = true,
        IsTokenized = false,
        OmitNorms = true,
        IndexOptions = IndexOptions.DOCS_ONLY,
    });

    public static Document Make(TextIndexSchema schema, TextDocument source, DocumentAnalysis analysis)
    {
        var document = new Document();
        document.Add(new Field(FieldNames.Key, FieldNames.OfKey(source.Key), s_exact));
        document.Add(new BinaryDocValuesField(FieldNames.Key, new BytesRef(source.Key.ToByteArray(bigEndian: true))));
        AddTexts(document, schema, source, analysis);
        if (analysis.Meaning is { } meaning)
        {
            var bytes = new byte[sizeof(float) + meaning.Values.Length];
            BinaryPrimitives.WriteSingleBigEndian(bytes, (float)meaning.Scale);
            MemoryMarshal.AsBytes(meaning.Values.AsSpan()).CopyTo(bytes.AsSpan(sizeof(float)));
            document.Add(new BinaryDocValuesField(FieldNames.Meaning, new BytesRef(bytes)));
        }

        AddExact(document, schema.Get<SymbolField>, source.Symbols, FieldNames.Symbol, facet: false);
        AddExact(document, schema.Get<TagField>, source.Tags, FieldNames.Tag, facet: true);
        AddExact(document, schema.Get<IdentifierField>, source.Identifiers, FieldNames.Identifier, facet: false);
        foreach (var (name, number) in source.Numbers)
        {
            schema.Get<NumberField>(name);
            document.Add(new Int64Field(FieldNames.Number(name), number, Field.Store.NO));
            document.Add(new NumericDocValuesField(FieldNames.Number(name), number));
        }

        return document;
    }

    private static void AddTexts(Document document, TextIndexSchema schema, TextDocument source, DocumentAnalysis analysis)
    {
        foreach (var (name, _) in source.Texts)
        {
            schema.Get<TextField>(name);
        }

        for (var field = 0; field < schema.Texts.Count; field++)
        {
            if (analysis.Lengths[field] == 0)
            {
                continue;
            }

            var name = schema.Texts[field].Name;
            document.Add(new Field(FieldNames.Text(name), new TokenReplay(analysis.Tokens[field]), s_text));

            // Lucene's norms keep one byte of a length; the score needs all of it.
            document.Add(new NumericDocValuesField(FieldNames.Length(name), analysis.Lengths[field]));
        }

        if (analysis.DistinctTerms.Count > 0)
        {
            document.Add(new Field(FieldNames.AnyText, new TokenReplay(analysis.DistinctTerms.Select(term => (term, 1))), s_anyText));
        }
    }

    private static void AddExact<T>(
        Document document,
        Func<string, T> find,
        List<KeyValuePair<string, string>> values,
        Func<string, string> rename,
        bool facet)
        where T : IndexField
    {
        var seen = new HashSet<(string, string)>();
        foreach (var (name, raw) in values)
        {
            var value = find(name).Normalise(raw);
            if (value.Length == 0 || !seen.Add((name, value)))
            {
                continue;
            }

            if (Encoding.UTF8.GetByteCount(value) > IndexWriter.MAX_TERM_LENGTH)
            {
                throw new ArgumentException($"A value of field \"{name}\" is longer than {IndexWriter.MAX_TERM_LENGTH} bytes: \"{value[..50]}…\".");
            }

            document.Add(new Field(rename(name), value, s_exact));
            if (facet)
            {
                document.Add(new SortedSetDocValuesField(rename(name), new BytesRef(value)));
            }
        }
    }

    private static FieldType Freeze(FieldType type)
    {
        type.Freeze();
        return type;
    }
}
