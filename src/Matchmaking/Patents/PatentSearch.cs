using GraphQL;
using GraphQL.Types;
using Matchmaking.Api;
using Matchmaking.Indexing;
using Matchmaking.Observing;
using Matchmaking.Search.Highlighting;
using Matchmaking.Search.Queries;
using Matchmaking.Search.Ranking;

namespace Matchmaking.Patents;

/// <summary>A patent that a search found (检索结果).</summary>
internal sealed record PatentSearchHit(Patent Patent, double Score, WeightedQuery Ranking);

/// <summary>Where the words stand in one field (高亮).</summary>
/// <param name="Field">The field: title, abstract, claims or keywords (字段).</param>
/// <param name="Fragments">Pieces of its text, HTML-escaped, the words in em tags (片段).</param>
internal sealed record Highlight(string Field, IReadOnlyList<string> Fragments);

/// <summary>How the patents found spread over the values of one field (分面).</summary>
/// <param name="Name">The field (名称).</param>
/// <param name="Values">The commonest values, by count (取值).</param>
internal sealed record PatentFacet(string Name, IReadOnlyList<PatentFacetValue> Values);

/// <summary>A value and how many of the patents found have it (分面取值).</summary>
/// <param name="Value">The value as where takes it (值).</param>
/// <param name="Label">The value in words (名称).</param>
/// <param name="Count">How many of the patents found have it (数量).</param>
internal sealed record PatentFacetValue(string Value, string Label, int Count);

internal sealed class PatentSearchHitType : ObjectGraphType<PatentSearchHit>
{
    public PatentSearchHitType()
    {
        Name = "PatentSearchHit";
        Description = "A patent that a search found (检索结果).";
        Field<NonNullGraphType<PatentType>>("patent").Description("The patent (存量专利).").Resolve(c => c.Source.Patent).FieldType.PassingOn();
        Field<NonNullGraphType<FloatGraphType>>("score").Description("How well it fits the query; comparable within one query only (相关度).").Resolve(c => Math.Round(c.Source.Score, 4)).FieldType.ReadingNothing();
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<HighlightType>>>>("highlights").Description("Where the query's words stand in it (高亮).").Weighs(Costs.Asking)
            .Resolve(c => PatentSearch.Highlights(c.Get<IndexView>(), c.Source));
    }
}

internal sealed class HighlightType : ValueType<Highlight>
{
    public HighlightType()
    {
        Name = "Highlight";
        Description = "Where the words stand in one field (高亮).";
    }
}

internal sealed class FacetType : ValueType<PatentFacet>
{
    public FacetType()
    {
        Name = "Facet";
        Description = "How the patents found spread over the values of one field (分面).";
    }
}

internal sealed class FacetValueType : ValueType<PatentFacetValue>
{
    public FacetValueType()
    {
        Name = "FacetValue";
        Description = "A value and how many of the patents found have it (分面取值).";
    }
}

/// <summary>Full-text search of patents.</summary>
internal static class PatentSearch
{
    private const int FacetValues = 20;
    private const int FragmentLength = 80;
    private const int Fragments = 3;

    /// <summary>The facets by their names on the wire, with the index field that each counts.</summary>
    private static readonly (string Name, string Field)[] Facets =
    [
        ("ipcSection", PatentDocument.IpcSection), ("ipcClass", PatentDocument.IpcClass), ("holder", PatentDocument.Holder), ("province", PatentDocument.Province),
        ("legalStatus", PatentDocument.LegalStatus), ("year", PatentDocument.FiledYear), ("prospect", PatentDocument.Prospect),
    ];

    public static void AddTo(ObjectGraphType query, Connections connections, FilterTypes filters)
    {
        var edges = connections.Type<PatentSearchHit>("hit", "PatentSearch", new GraphQLTypeReference("PatentSearchHit"), connection =>
        {
            connection.Field<NonNullGraphType<ListGraphType<NonNullGraphType<FacetType>>>>("facets").Description("How all that was found spreads over some fields (分面).").Weighs(Costs.Asking).Resolve(c => ((SearchPage)c.Source).Facets()).FieldType.ReadingNothing();
            connection.Field<NonNullGraphType<ListGraphType<NonNullGraphType<StringGraphType>>>>("didYouMean").Description("Other spellings of words that no patent has (您是不是要找).").Weighs(Costs.Asking).Resolve(c => ((SearchPage)c.Source).DidYouMean()).FieldType.ReadingNothing();
        });
        query.AddField(new FieldType
        {
            Name = "searchPatents",
            Description = "Finds patents by words, \"phrases\", +must, -not, field:value, prefix* and numbers in any spelling; best first (专利检索).",
            ResolvedType = new NonNullGraphType(edges),
            Arguments = new QueryArguments(Connections.PagingArguments(both: false))
            {
                new QueryArgument<NonNullGraphType<StringGraphType>> { Name = "query", Description = "What to look for; 标题:, 摘要:, ipc:, 专利权人:, 省份:, 法律状态:, 年份:2019..2022 narrow it (检索式)." },
                new QueryArgument(filters.Filter(PatentType.Filterable)) { Name = "where", Description = "Only patents that meet these conditions; those on texts aren't combined with a search (筛选)." },
            },
            Resolver = new GraphQL.Resolvers.FuncFieldResolver<object?, Connection<PatentSearchHit>>(async c => await SearchAsync(c)),
        }.Weighs(Costs.Ranking));
    }

    public static IReadOnlyList<Highlight> Highlights(IndexView view, PatentSearchHit hit)
    {
        var highlighter = new Highlighter(Analyzers.Asked);
        var terms = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var term in hit.Ranking.Terms.Where(t => t.Term.Kind == TermKind.Word))
            terms[term.Term.Text] = term.Weight * view.Patents.Statistics.Idf(term.Term);
        (string Field, string? Text)[] texts =
        [
            (PatentDocument.Title, hit.Patent.Title), (PatentDocument.Abstract, hit.Patent.Abstract),
            (PatentDocument.Claims, hit.Patent.Claims), (PatentDocument.Keywords, string.Join('；', hit.Patent.Keywords)),
        ];
        return [.. texts.Where(t => !string.IsNullOrEmpty(t.Text))
            .Select(t => new Highlight(t.Field, highlighter.Highlight(t.Text!, terms, Fragments, FragmentLength)))
            .Where(h => h.Fragments.Count > 0)];
    }

    private static async Task<Connection<PatentSearchHit>> SearchAsync(IResolveFieldContext context)
    {
        var paging = Paging.From(context);
        var text = context.GetArgument<string>("query");
        var view = context.Get<IndexView>().Patents;
        var query = Parse(view.Schema, text);
        var where = context.GetArgument<IDictionary<string, object?>?>("where");
        var filter = where is null ? null : PatentIndexFilter.Of(where);
        var list = "search:" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
        Hit? after = null;
        if (paging.After is { } cursor)
        {
            var values = Cursors.Read(cursor, list, typeof(long), typeof(Guid));
            after = new Hit((Guid)values[1]!, BitConverter.Int64BitsToDouble((long)values[0]!));
        }
        var wanted = context.AsksFor("facets") ? Facets.Select(f => f.Field) : [];
        FoundDocuments found;
        using (Measures.Search("patents"))
            found = view.Search(query, filter, paging.Size + 1, after, wanted, FacetValues);
        var hits = found.Hits.Take(paging.Size).ToList();
        var batch = context.Get<Batches>().ById<Patent>(context);
        foreach (var hit in hits)
            batch.Load(hit.Key);
        var edges = new List<Edge<PatentSearchHit>>(hits.Count);
        if (context.AsksFor("edges", "nodes", "pageInfo"))
        {
            foreach (var hit in hits)
            {
                if (await batch.GetAsync(hit.Key, context.CancellationToken) is { } patent)
                    edges.Add(new(Cursors.Write(list, BitConverter.DoubleToInt64Bits(hit.Score), hit.Key), new PatentSearchHit(patent, hit.Score, found.Ranking)));
            }
        }
        return new SearchPage(edges, found.Hits.Count > paging.Size, after is not null, found, () => view.Suggest(query));
    }

    private static UserQuery Parse(Search.TextIndexSchema schema, string text)
    {
        try
        {
            return UserQuery.Parse(schema, Analyzers.Asked, text);
        }
        catch (QuerySyntaxException e)
        {
            throw Errors.BadQuery("query", e.Message, e.Position);
        }
    }

    /// <summary>A page of hits that also knows the facets of all that was found.</summary>
    private sealed record SearchPage(IReadOnlyList<Edge<PatentSearchHit>> Edges, bool HasNextPage, bool HasPreviousPage, FoundDocuments Found, Func<IReadOnlyList<string>> DidYouMean)
        : Connection<PatentSearchHit>(Edges, HasNextPage, HasPreviousPage, _ => Task.FromResult(Found.Total))
    {
        public IReadOnlyList<PatentFacet> Facets() =>
            [.. Found.Facets.Select((facet, i) => new PatentFacet(PatentSearch.Facets[i].Name,
                [.. facet.Values.Select(v => new PatentFacetValue(v.Value, PatentDocument.Label(facet.Field, v.Value), v.Count))]))];
    }
}
