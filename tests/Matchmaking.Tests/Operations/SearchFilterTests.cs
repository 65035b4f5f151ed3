using System.Text.Json.Nodes;
using CsCheck;
using Matchmaking.Tests.Running;
using Xunit;

namespace Matchmaking.Tests.Operations;

/// <summary>A condition means the same in a search, where the index looks, as in a list, where the database does.</summary>
public sealed class SearchFilterTests(DemoService demo) : IClassFixture<DemoService>
{
    private static readonly Gen<string> Day = Gen.Int[0, 9000].Select(n => $"\"{new DateOnly(2003, 1, 1).AddDays(n):yyyy-MM-dd}\"");

    private static readonly Gen<string> Simple = Gen.OneOf(
        Comparison("readiness", Gen.Int[0, 9].Select(n => n.ToString(System.Globalization.CultureInfo.InvariantCulture)), ["eq", "neq", "gt", "gte", "lt", "lte", "ngt", "ngte", "nlt", "nlte"]),
        Comparison("filedOn", Day, ["gt", "gte", "lt", "lte", "ngt", "ngte", "nlt", "nlte"]),
        Comparison("grantedOn", Day, ["gt", "gte", "lt", "lte", "ngt", "nlte"]),
        Comparison("kind", Gen.OneOfConst("INVENTION", "UTILITY_MODEL", "DESIGN"), ["eq", "neq"]),
        Comparison("legalStatus", Gen.OneOfConst("GRANTED", "PENDING", "EXPIRED", "LAPSED"), ["eq", "neq"]),
        Comparison("kind", Gen.OneOfConst("[INVENTION]", "[DESIGN, UTILITY_MODEL]", "[]"), ["in", "nin"]),
        Comparison("readiness", Gen.OneOfConst("[1, 4, 5]", "[null, 6]", "[]"), ["in", "nin"]),
        Gen.OneOfConst("{ readiness: { eq: null } }", "{ readiness: { neq: null } }", "{ grantedOn: { eq: null } }", "{ expiresOn: { neq: null } }"),
        Comparison("holder: { province", Gen.OneOfConst("\"32\"", "\"11\"", "\"江苏省\"", "\"北京市\""), ["eq", "neq"]).Select(c => c + " }"),
        Gen.OneOfConst("{ ipcCodes: { some: { startsWith: \"H\" } } }", "{ ipcCodes: { some: { startsWith: \"H01M\" } } }", "{ transferModes: { some: { eq: LICENSE } } }"));

    private static readonly Gen<string> Any = Gen.Recursive<string>((depth, self) => depth > 2 ? Simple : Gen.Frequency((3, Simple),
        (1, self.Array[1, 3].Select(all => $"{{ and: [{string.Join(", ", all)}] }}")), (1, self.Array[0, 3].Select(all => $"{{ or: [{string.Join(", ", all)}] }}"))));

    [Fact]
    public async Task Finds_what_a_list_with_the_condition_and_a_search_without_it_share()
    {
        foreach (var words in new[] { "电池", "机器人 控制", "的" })
        {
            var matching = await IdsAsync("searchPatents", $"query: \"{words}\", ");
            var filtered = 0;
            await Any.SampleAsync(async where =>
            {
                var listed = (await IdsAsync("patents", $"where: {where}, ")).ToHashSet();
                var found = await IdsAsync("searchPatents", $"query: \"{words}\", where: {where}, ");
                // The order, too: a condition changes no score.
                Assert.Equal(matching.Where(listed.Contains), found);
                filtered += found.Count;
            }, iter: 30, threads: 1);
            Assert.Equal(matching.Count == 0, filtered == 0);
        }
    }

    [Theory]
    [InlineData("{ kind: null }", "where.kind")]
    [InlineData("{ readiness: { gt: null } }", "where.readiness.gt")]
    [InlineData("{ filedOn: { in: null } }", "where.filedOn.in")]
    [InlineData("{ and: null }", "where.and")]
    [InlineData("{ or: [{ kind: { eq: DESIGN } }, $none] }", "where.or[1]")]
    public async Task Null_where_a_value_belongs_is_refused_as_in_a_list(string where, string named)
    {
        foreach (var list in new[] { $"patents(where: {where})", $"searchPatents(query: \"电池\", where: {where})" })
        {
            var error = (await demo.Service.AskAsync($"{(where.Contains('$') ? "query($none: PatentFilterInput) " : "")}{{ {list} {{ totalCount }} }}"))["errors"]![0]!;
            Assert.Equal("HC0026", (string)error["extensions"]!["code"]!);
            Assert.Contains(named, (string)error["message"]!, StringComparison.Ordinal);
        }
    }

    private static Gen<string> Comparison(string member, Gen<string> values, string[] operations) =>
        Gen.Select(Gen.OneOfConst(operations), values, (operation, value) => $"{{ {member}: {{ {operation}: {value} }} }}");

    /// <summary>All pages.</summary>
    private async Task<List<string>> IdsAsync(string list, string arguments)
    {
        var ids = new List<string>();
        for (var after = "null"; ;)
        {
            var item = list == "patents" ? "id" : "patent { id }";
            var answer = await demo.Service.AskAsync($"{{ {list}({arguments}first: 50, after: {after}) {{ totalCount pageInfo {{ hasNextPage endCursor }} nodes {{ {item} }} }} }}");
            Assert.True(answer["errors"] is null, $"{arguments}: {answer.ToJsonString()}");
            var page = answer["data"]![list]!;
            ids.AddRange(page["nodes"]!.AsArray().Select(n => (string)(n!["id"] ?? n["patent"]!["id"])!));
            if (!(bool)page["pageInfo"]!["hasNextPage"]!)
            {
                Assert.Equal(ids.Count, (int)page["totalCount"]!);
                return ids;
            }
            after = $"\"{page["pageInfo"]!["endCursor"]}\"";
        }
    }
}
