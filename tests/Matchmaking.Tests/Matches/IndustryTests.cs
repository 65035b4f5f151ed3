using System.Text.Json.Nodes;
using Matchmaking.Importing;
using Matchmaking.Tests.Running;
using Matchmaking.Tests.Store;
using Xunit;

namespace Matchmaking.Tests.Matches;

public sealed class SqliteIndustryTests() : IndustryTests(new SqliteDatabase());

public sealed class PostgreSqlIndustryTests() : IndustryTests(new PostgreSqlDatabase());

/// <summary>The industry that a need comes from hints at its field of technology: agreeing classes raise, others exclude nothing.</summary>
public abstract class IndustryTests(TestDatabase database) : IAsyncLifetime
{
    private const int Picker = 9;
    private const string Text = "硅碳负极材料膨胀小，首次效率高";

    private RunningService _service = null!;

    public async Task InitializeAsync()
    {
        if (database.Absent is not null)
            return;
        var directory = Directory.CreateTempSubdirectory("matchmaking").FullName;
        var (provider, connection) = await database.CreateAsync(directory);
        _service = await RunningService.StartAsync(new ServiceStart
        {
            Directory = directory,
            Args = [$"--Matchmaking:Provider={provider}", $"--ConnectionStrings:Matchmaking={connection}", "--Matchmaking:Recommendations:Threshold=1", "--Matchmaking:Recommendations:PerDay=50"],
        });
    }

    public async Task DisposeAsync()
    {
        if (_service is not null)
            await _service.DisposeAsync();
    }

    [SkippableTheory]
    [InlineData("电池制造")]
    [InlineData("C38411")]
    [InlineData("Z38")]
    public async Task A_text_isnt_tried_for_what_is_no_industry(string industry)
    {
        Skip.If(database.Absent is not null, database.Absent);
        var answer = await _service.AskAsync("query($i: String!) { tryNeed(description: \"硅碳负极\", industryCode: $i) { score } }", new { i = industry });
        var message = answer["errors"]![0]!["message"]!.GetValue<string>();
        Assert.Contains("industryCode", message, StringComparison.Ordinal);
        Assert.Contains(industry, message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_class_of_the_industry_raises_and_another_excludes_nothing_the_same_from_all_sides()
    {
        Skip.If(database.Absent is not null, database.Absent);
        var (fits, differs, none) = (await PublishAsync(0, "H01M 4/36", "H01M 10/0525"), await PublishAsync(1, "A01D 46/30"), await PublishAsync(2));
        var plain = await CreateAsync($"title: \"硅碳负极\", description: \"{Text}\"");
        var need = await CreateAsync($"title: \"硅碳负极\", description: \"{Text}\", industryCode: \"C3841\"");
        await _service.MatchedAsync();
        var (without, with) = (await MatchesAsync(plain), await MatchesAsync(need));
        Assert.Equal(without.Keys.Order(StringComparer.Ordinal), with.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(3, with.Count);
        Assert.True(Score(with[fits]) > Score(without[fits]), $"{with[fits]} beside {without[fits]}");
        Assert.True(Score(with[fits]) > Score(with[differs]));
        // Who works elsewhere counts as if no industry had been named.
        Assert.Equal((Score(without[differs]), Score(without[none])), (Score(with[differs]), Score(with[none])));
        // However many classes agree, the industry counts once, names them, and leaves what the words say of the field where it was.
        var parts = Components(with[fits]);
        Assert.Equal("所属行业的技术领域命中：C384（H01M）", parts["industry"].Detail);
        Assert.Contains("ipc", parts.Keys);
        Assert.True(parts["industry"].Points < parts["ipc"].Points, with[fits].ToJsonString());
        Assert.Equal(Score(with[fits]), parts.Values.Sum(p => p.Points), 0.001);
        Assert.DoesNotContain("industry", Components(with[differs]).Keys);
        Assert.DoesNotContain("industry", Components(without[fits]).Keys);

        var data = await _service.AskAsync("""
            query($n: ID!, $p: ID!, $d: String!) {
              searchPatents(query: "行业:C3841") { nodes { patent { id } } }
              match(needId: $n, patentId: $p) { score }
              patent(id: $p) { matches { nodes { score need { id } } } }
              tryNeed(title: "硅碳负极", description: $d, industryCode: "C3841") { score patent { id } }
              recommendations(first: 50) { nodes { score match { score need { id } patent { id } } } }
            }
            """, new { n = need, p = fits, d = Text });
        Assert.Equal([fits], data["data"]!["searchPatents"]!["nodes"]!.AsArray().Select(hit => (string)hit!["patent"]!["id"]!));
        double[] sides =
        [
            Score(data["data"]!["match"]!),
            Score(data["data"]!["patent"]!["matches"]!["nodes"]!.AsArray().Single(m => (string)m!["need"]!["id"]! == need)!),
            Score(data["data"]!["tryNeed"]!.AsArray().Single(m => (string)m!["patent"]!["id"]! == fits)!),
            Score(data["data"]!["recommendations"]!["nodes"]!.AsArray().Single(r => (string)r!["match"]!["need"]!["id"]! == need && (string)r["match"]!["patent"]!["id"]! == fits)!["match"]!),
        ];
        Assert.All(sides, side => Assert.Equal(Score(with[fits]), side));
    }

    [SkippableFact]
    public async Task A_need_takes_over_its_enterprises_industry_and_follows_it_unless_nobody_may_know_whose_it_is()
    {
        Skip.If(database.Absent is not null, database.Absent);
        await PublishAsync(0, "H01M 4/36");
        var firm = await ImportFirmAsync("C3572");
        string Of(string more) => $"enterpriseId: \"{firm}\", title: \"硅碳负极\", description: \"{Text}\"{more}";
        var open = await CreateAsync(Of(""));
        var named = await CreateAsync(Of(", industryCode: \"C3985\""));
        var hidden = await CreateAsync(Of(", visibility: ANONYMOUS"));
        var own = await CreateAsync(Of(", visibility: ANONYMOUS, industryCode: \"C3572\""));
        var turned = await CreateAsync(Of(""));
        var closed = await CreateAsync(Of(""));
        Assert.Equal(["C3572", "C3985", null, "C3572", "C3572"], await IndustriesAsync(open, named, hidden, own, turned));

        await UpdateAsync(turned, "visibility: ANONYMOUS");
        await UpdateAsync(own, "budget: 5");
        Assert.Equal([null, "C3572"], await IndustriesAsync(turned, own));
        await UpdateAsync(turned, "visibility: PUBLIC");
        await UpdateAsync(named, "industryCode: null");
        Assert.Equal(["C3572", "C3572"], await IndustriesAsync(turned, named));
        await UpdateAsync(named, "industryCode: \"C3985\"");
        Assert.Null((await _service.AskAsync("mutation($id: ID!) { closeNeed(input: { id: $id }) { errors { __typename } } }", new { id = closed }))["data"]!["closeNeed"]!["errors"]);
        await _service.MatchedAsync();
        var before = await MatchesAsync(open);

        await ImportFirmAsync("C3841");
        await _service.MatchedAsync();
        Assert.Equal(["C3841", "C3985", null, "C3572", "C3841", "C3572"], await IndustriesAsync(open, named, hidden, own, turned, closed));
        var after = Score((await MatchesAsync(open)).Single().Value);
        Assert.True(after > Score(before.Single().Value));
        // What nobody has looked at yet is told by its new score.
        var told = (await _service.AskAsync("{ recommendations(first: 50) { nodes { score match { need { id } } } } }"))["data"]!["recommendations"]!["nodes"]!.AsArray();
        Assert.Equal(after, Score(told.Single(r => (string)r!["match"]!["need"]!["id"]! == open)!), 0.005);
    }

    [SkippableFact]
    public async Task The_fields_of_technology_are_those_given_else_those_of_the_text_and_then_the_industrys()
    {
        Skip.If(database.Absent is not null, database.Absent);
        var (classed, plain) = (await PublishAsync(0, "C01B 33/02", "H01M 4/36", "H01M 10/0525"), await PublishAsync(1));
        await PublishAsync(Picker);
        var hinted = await CreateAsync($"title: \"硅碳负极\", description: \"{Text}\", ipcHints: [\"H01M 4/38\", \"B82\"], industryCode: \"C3841\"");
        var bare = await CreateAsync($"title: \"果园采摘机器人\", description: \"苹果采摘机械手\", industryCode: \"C3572\"");
        var silent = await CreateAsync($"title: \"锝铼\", description: \"锝铼\"");
        Assert.Equal([("B82", "ASSIGNED", 1.0), ("H01M", "ASSIGNED", 1.0)], (await FieldsAsync("need", hinted)).Order());
        Assert.Equal([("H01M", "ASSIGNED", 1.0), ("C01B", "ASSIGNED", 0.5)], await FieldsAsync("patent", classed));
        Assert.Equal([("H01M", "INFERRED")], (await FieldsAsync("patent", plain)).Take(1).Select(f => (f.Ipc, f.Origin)));
        Assert.Empty(await FieldsAsync("need", silent));
        var fields = await FieldsAsync("need", bare);
        Assert.Contains(("A01D", "INFERRED"), fields.Select(f => (f.Ipc, f.Origin)));
        Assert.Equal(1, fields[0].Share);
        Assert.Contains(("A01B", "INDUSTRY", 0.11), fields);
        Assert.Equal(fields.DistinctBy(f => f.Ipc).OrderBy(f => f.Origin == "INDUSTRY").ThenByDescending(f => f.Share), fields);
        Assert.Equal(fields.Take(2), await FieldsAsync("need", bare, "(first: 2)"));
        // A text that was only tried has them, too; shown is what was looked for.
        var tried = await _service.AskAsync("{ tryNeed(title: \"果园采摘机器人\", description: \"苹果采摘机械手\", industryCode: \"C3572\", first: 1) { need { technicalFields { ipc title share origin } } } }");
        Assert.Equal(fields, Fields(tried["data"]!["tryNeed"]![0]!["need"]!));
        Assert.Equal("收割机与割草机", (string)tried["data"]!["tryNeed"]![0]!["need"]!["technicalFields"]!.AsArray().Single(f => (string)f!["ipc"]! == "A01D")!["title"]!);
        var refused = await _service.AskAsync("query($id: ID!) { need(id: $id) { technicalFields(first: 51) { ipc } } }", new { id = bare });
        Assert.Equal("HC0051", (string)refused["errors"]![0]!["extensions"]!["code"]!);
    }

    private async Task<List<(string Ipc, string Origin, double Share)>> FieldsAsync(string kind, string id, string arguments = "") =>
        Fields((await _service.AskAsync($"query($id: ID!) {{ {kind}(id: $id) {{ technicalFields{arguments} {{ ipc title share origin }} }} }}", new { id }))["data"]![kind]!);

    private static List<(string Ipc, string Origin, double Share)> Fields(JsonNode of) =>
        [.. of["technicalFields"]!.AsArray().Select(f => ((string)f!["ipc"]!, (string)f["origin"]!, (double)f["share"]!))];

    private async Task<IReadOnlyList<string?>> IndustriesAsync(params string[] needs) =>
        [.. (await _service.AskAsync("query($ids: [ID!]!) { nodes(ids: $ids) { ... on Need { industryCode } } }", new { ids = needs }))["data"]!["nodes"]!.AsArray().Select(n => (string?)n!["industryCode"])];

    private async Task<Dictionary<string, JsonNode>> MatchesAsync(string need) =>
        (await _service.AskAsync("query($id: ID!) { need(id: $id) { matches { nodes { score patent { id } explanation { components { name points detail } } } } } }", new { id = need }))["data"]!["need"]!["matches"]!["nodes"]!.AsArray()
            .ToDictionary(m => (string)m!["patent"]!["id"]!, m => m!);

    private static Dictionary<string, (double Points, string Detail)> Components(JsonNode match) =>
        match["explanation"]!["components"]!.AsArray().ToDictionary(c => (string)c!["name"]!, c => ((double)c!["points"]!, (string)c["detail"]!));

    private async Task<string> PublishAsync(int i, params string[] ipc)
    {
        var answer = await _service.AskAsync("mutation($n: String!, $t: String!, $c: [String!]) { publishPatent(input: { publicationNumber: $n, title: $t, legalStatus: GRANTED, ipcCodes: $c }) { patent { id } errors { ... on Error { message } } } }",
            new { n = $"CN10288989{i}B", t = i == Picker ? "苹果采摘机器人" : "膨胀小的硅碳负极材料", c = ipc });
        return (string)(answer["data"]?["publishPatent"]?["patent"] ?? throw new InvalidOperationException(answer.ToJsonString()))["id"]!;
    }

    private async Task<string> CreateAsync(string input)
    {
        var answer = await _service.AskAsync($"mutation {{ createNeed(input: {{ {input} }}) {{ need {{ id }} errors {{ ... on Error {{ message }} }} }} }}");
        return (string)(answer["data"]?["createNeed"]?["need"] ?? throw new InvalidOperationException(answer.ToJsonString()))["id"]!;
    }

    private async Task UpdateAsync(string need, string input)
    {
        var answer = await _service.AskAsync($"mutation($id: ID!) {{ updateNeed(input: {{ id: $id, {input} }}) {{ errors {{ ... on Error {{ message }} }} }} }}", new { id = need });
        Assert.True(answer["errors"] is null && answer["data"]!["updateNeed"]!["errors"] is null, answer.ToJsonString());
    }

    private async Task<string> ImportFirmAsync(string industry)
    {
        var file = Path.Combine(_service.Directory, "firms.csv");
        await File.WriteAllTextAsync(file, $"统一社会信用代码,企业名称,省份,城市,所属行业\n91500100MAEXGL621J,重庆某农机有限公司,重庆,重庆,{industry}\n");
        await Importer.RunAsync(_service.Stores, ImportKind.Enterprises, file, new ImportOptions { RejectsPath = file + ".rejects.tsv" });
        await using var store = _service.Stores.Open("test");
        return Api.Ids.Encode("Enterprise", store.Enterprises.Single().Id);
    }

    private static double Score(JsonNode match) => (double)match["score"]!;
}
