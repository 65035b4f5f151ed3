using System.Globalization;
using System.Text.Json.Nodes;

namespace Matchmaking.Tests.Crashing.Drill;

/// <summary>Patents and needs that come, change and go, as one client asks for it on whichever node answers; each change is made, however often it takes.</summary>
/// <remarks>A need names one thing and nothing else, and a patent is about one thing: a pair fits well or hardly at all, whatever the statistics of the moment.</remarks>
internal sealed class ChangeStream(Func<ServingProgram?> pick, int seed)
{
    private static readonly string[] Things =
        ["离心水泵", "硅碳负极", "柑橘采摘", "真空压铸", "光纤光栅", "污泥干化", "血糖试纸", "混凝土减水", "数控主轴", "无人机避障", "茶叶杀青", "双极板", "桥梁支座", "聚氨酯涂料", "图像去噪", "膜生物反应", "齿轮轴承", "直流断路", "水产增氧", "碳纤维预浸"];

    private readonly Random _random = new(seed);
    private readonly List<string> _patents = [];
    private readonly List<string> _needs = [];
    private int _made;

    public int Changes { get; private set; }

    /// <summary>The needs that were there from the beginning, for somebody to follow.</summary>
    public IReadOnlyList<string> Needs => _needs;

    public async Task BeginAsync(int patents, int needs, CancellationToken cancellation)
    {
        for (var i = 0; i < patents; i++)
            await PublishAsync(Things[i % Things.Length], cancellation);
        for (var i = 0; i < needs; i++)
            await CreateNeedAsync(Things[i % Things.Length], cancellation);
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await (_random.Next(20) switch
                {
                    < 6 when _patents.Count < 300 => PublishAsync(Pick(Things), cancellation),
                    < 8 when _needs.Count < 60 => CreateNeedAsync(Pick(Things), cancellation),
                    < 12 => ChangeAsync("updateNeed", "UpdateNeedInput", Pick(_needs), Pick(Things), cancellation),
                    < 14 => ChangeAsync("updatePatent", "UpdatePatentInput", Pick(_patents), Pick(Things), cancellation),
                    14 => EndAsync("withdrawPatent", _patents, cancellation),
                    15 => EndAsync("closeNeed", _needs, cancellation),
                    _ => ChangeAsync("updateNeed", "UpdateNeedInput", Pick(_needs), Pick(Things), cancellation),
                });
                Changes++;
                await Task.Delay(10, cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private Task PublishAsync(string thing, CancellationToken cancellation)
    {
        var number = string.Create(CultureInfo.InvariantCulture, $"CN1{++_made:00000000}B");
        return MakeAsync(
            "mutation($input: PublishPatentInput!) { publishPatent(input: $input) { made: patent { id } errors { __typename } } }",
            new { publicationNumber = number, legalStatus = "GRANTED", idempotencyKey = number, title = $"{thing}方案", @abstract = $"{thing}的结构，{thing}" }, _patents, cancellation);
    }

    private Task CreateNeedAsync(string thing, CancellationToken cancellation) => MakeAsync(
        "mutation($input: CreateNeedInput!) { createNeed(input: $input) { made: need { id } errors { __typename } } }",
        new { title = thing, description = thing, idempotencyKey = string.Create(CultureInfo.InvariantCulture, $"n{++_made}") }, _needs, cancellation);

    private async Task MakeAsync(string mutation, object input, List<string> into, CancellationToken cancellation)
    {
        var answer = await SendAsync(mutation, new { input }, cancellation);
        into.Add(answer["made"]?["id"]?.GetValue<string>() ?? throw new InvalidOperationException(answer.ToJsonString()));
    }

    /// <summary>Changes what it is about.</summary>
    private Task ChangeAsync(string mutation, string type, string id, string thing, CancellationToken cancellation)
    {
        object input = mutation == "updateNeed" ? new { id, title = thing, description = thing } : new { id, title = $"{thing}方案", @abstract = $"{thing}的结构，{thing}" };
        return SendAsync($"mutation($input: {type}!) {{ {mutation}(input: $input) {{ errors {{ __typename }} }} }}", new { input }, cancellation);
    }

    /// <summary>Ends one that nobody follows; that it has ended already, by a try that wasn't answered, is as good.</summary>
    private Task EndAsync(string mutation, List<string> of, CancellationToken cancellation)
    {
        var id = of[^1];
        if (of.Count > 20)
            of.RemoveAt(of.Count - 1);
        return SendAsync($"mutation($id: ID!) {{ {mutation}(input: {{ id: $id }}) {{ errors {{ __typename }} }} }}", new { id }, cancellation);
    }

    private async Task<JsonNode> SendAsync(string query, object variables, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                if (pick() is { } service)
                    return (await service.DataAsync(query, variables))[query[(query.IndexOf('{', StringComparison.Ordinal) + 2)..query.IndexOf('(', query.IndexOf('{', StringComparison.Ordinal))]]!;
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException or ObjectDisposedException)
            {
                // Whether it was done nobody can say: it's asked for again.
            }
            await Task.Delay(20, cancellation);
        }
    }

    private string Pick(IReadOnlyList<string> of) => of[_random.Next(of.Count)];
}
