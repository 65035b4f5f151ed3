using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Matchmaking.Access;
using Matchmaking.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Matchmaking.Tests.Access;

/// <summary>A service with two firms, their needs of each visibility and state, two holders of patents, and a caller of each kind.</summary>
public sealed class Callers : IAsyncLifetime
{
    public const string Administrator = "administrator";
    public const string Firm = "firm";
    public const string Anybody = "anybody";

    /// <summary>What every need and every patent is about, so that each fits each.</summary>
    private const string Topic = "石墨烯复合薄膜散热材料的制备方法";

    public static readonly string[] All =
        [Anybody, Firm, "neighbour", "stranger", "holder", "invited institution", "institution", "agency", "invited agency", "authority", "other authority", "nation", Administrator];

    public static readonly string[] Visibilities = ["PUBLIC", "ANONYMOUS", "CONFIDENTIAL"];
    public static readonly string[] States = ["OPEN", "CLOSED", "DRAFT"];

    private readonly Dictionary<string, HttpClient> _clients = [];

    public RunningService Service { get; private set; } = null!;

    /// <summary>The firm's needs, by visibility and state: <c>PUBLIC OPEN</c>.</summary>
    public Dictionary<string, string> Needs { get; } = [];

    public string FirmId { get; private set; } = "";

    public string NeighbourId { get; private set; } = "";

    public string HolderId { get; private set; } = "";

    public string PatentId { get; private set; } = "";

    public string OtherPatentId { get; private set; } = "";

    public string Token(string caller) => Issue(Service, caller)!;

    public HttpClient Client(string caller) => _clients[caller];

    /// <summary>What a caller is answered.</summary>
    public async Task<JsonObject> AskAsync(string caller, string query, object? variables = null)
    {
        using var response = await _clients[caller].PostAsJsonAsync("/graphql", new { query, variables });
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
    }

    public async Task InitializeAsync()
    {
        Service = await RunningService.StartAsync(new ServiceStart { TrustsThisMachine = false, Args = ["--Matchmaking:Recommendations:Threshold=1", "--Matchmaking:Recommendations:PerDay=50"] });
        var directory = Directory.CreateTempSubdirectory("access").FullName;
        try
        {
            await ImportAsync(directory, Matchmaking.Importing.ImportKind.Institutions, "institutions.csv", "机构代码,名称,机构类型,省份,城市\n4132010284,南京大学,高校,江苏,南京\n4133010335,浙江大学,高校,浙江,杭州\n4111010003,清华大学,高校,北京,北京\n");
            await ImportAsync(directory, Matchmaking.Importing.ImportKind.Enterprises, "enterprises.csv", "统一社会信用代码,企业名称,省份,城市,行业代码,从业人员,营业收入,资产总额\n91320594MA1MYK8E5T,苏州金澄纳米科技有限公司,江苏,苏州,C3985,120,30000000,50000000\n91320213MA1N2Q7W6P,无锡远望机电有限公司,江苏,无锡,C3811,80,20000000,20000000\n91440300MA5DA4K13M,深圳南岭电子有限公司,广东,深圳,C3976,60,10000000,10000000\n".Replace("91320594MA1MYK8E5T", Credit("91320594MA1MYK8E5")).Replace("91320213MA1N2Q7W6P", Credit("91320213MA1N2Q7W6")).Replace("91440300MA5DA4K13M", Credit("91440300MA5DA4K13")));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
        foreach (var caller in All)
        {
            var client = new HttpClient { BaseAddress = Service.Http.BaseAddress };
            if (Issue(Service, caller) is { } token)
                client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            _clients[caller] = client;
        }
        FirmId = (string)(await AskAsync(Firm, "{ me { enterprise { id } } }"))["data"]!["me"]!["enterprise"]!["id"]!;
        NeighbourId = (string)(await AskAsync("neighbour", "{ me { enterprise { id } } }"))["data"]!["me"]!["enterprise"]!["id"]!;
        HolderId = (string)(await AskAsync("holder", "{ me { institution { id } } }"))["data"]!["me"]!["institution"]!["id"]!;
        var invited = (string)(await AskAsync("invited institution", "{ me { institution { id } } }"))["data"]!["me"]!["institution"]!["id"]!;
        PatentId = await PublishAsync("holder", "CN201710117081.7");
        OtherPatentId = await PublishAsync("institution", "CN201710117082.1");
        foreach (var visibility in Visibilities)
        {
            foreach (var state in States)
            {
                var made = await DoneAsync(Firm, "mutation($i: CreateNeedInput!) { createNeed(input: $i) { need { id } errors { __typename ... on Error { message } } } }",
                    new { i = new { title = Topic, description = $"寻找{Topic}，{visibility} {state}", visibility, draft = state == "DRAFT", budget = 500000 } });
                var id = Needs[$"{visibility} {state}"] = (string)made["createNeed"]!["need"]!["id"]!;
                await DoneAsync(Firm, "mutation($i: InviteToNeedInput!) { inviteToNeed(input: $i) { errors { __typename ... on Error { message } } } }", new { i = new { needId = id, institutionId = invited } });
                await DoneAsync(Firm, "mutation($i: InviteToNeedInput!) { inviteToNeed(input: $i) { errors { __typename ... on Error { message } } } }", new { i = new { needId = id, agency = "invited agency" } });
            }
        }
        // What closes has been open, and was told.
        await Service.MatchedAsync();
        foreach (var visibility in Visibilities)
            await DoneAsync(Firm, "mutation($i: CloseNeedInput!) { closeNeed(input: $i) { errors { __typename ... on Error { message } } } }", new { i = new { id = Needs[visibility + " CLOSED"] } });
        await Service.MatchedAsync();
    }

    public async Task DisposeAsync()
    {
        foreach (var client in _clients.Values)
            client.Dispose();
        await Service.DisposeAsync();
    }

    /// <summary>A token as the command prints it; null for who shows none.</summary>
    internal static string? Issue(RunningService service, string caller, TimeSpan? lasts = null)
    {
        var tokens = service.Services.GetRequiredService<Tokens>();
        (Role Role, string? Institution, string? Enterprise, string? Province)? who = caller switch
        {
            Anybody => null,
            Firm => (Role.Enterprise, null, Credit("91320594MA1MYK8E5"), null),
            "neighbour" => (Role.Enterprise, null, Credit("91320213MA1N2Q7W6"), null),
            "stranger" => (Role.Enterprise, null, Credit("91440300MA5DA4K13"), null),
            "holder" => (Role.Institution, "4132010284", null, null),
            "invited institution" => (Role.Institution, "4133010335", null, null),
            "institution" => (Role.Institution, "4111010003", null, null),
            "agency" or "invited agency" => (Role.Agency, null, null, null),
            "authority" => (Role.Authority, null, null, "江苏"),
            "other authority" => (Role.Authority, null, null, "广东"),
            "nation" => (Role.Authority, null, null, Viewer.Nation),
            _ => (Role.Administrator, null, null, null),
        };
        return who is { } known ? tokens.Issue(known.Role, caller, known.Institution, known.Enterprise, known.Province, lasts ?? TimeSpan.FromDays(30)) : null;
    }

    private async Task<string> PublishAsync(string caller, string number)
    {
        var made = await DoneAsync(caller, "mutation($i: PublishPatentInput!) { publishPatent(input: $i) { patent { id } errors { __typename ... on Error { message } } } }",
            new { i = new { applicationNumber = number, title = Topic, kind = "INVENTION", legalStatus = "GRANTED", @abstract = Topic + "，导热率高。", inventors = (string[])["张三", "李四"], askingPrice = 300000, transferModes = (string[])["LICENSE"] } });
        return (string)made["publishPatent"]!["patent"]!["id"]!;
    }

    /// <summary>Has the firm write one more confidential need.</summary>
    public async Task<string> KeepSecretAsync(string title, string description)
    {
        var made = await DoneAsync(Firm, "mutation($i: CreateNeedInput!) { createNeed(input: $i) { need { id } errors { __typename ... on Error { message } } } }",
            new { i = new { title, description, visibility = "CONFIDENTIAL", budget = 987654, keywords = (string[])["锝铼"], industryCode = "C3985" } });
        return (string)made["createNeed"]!["need"]!["id"]!;
    }

    private async Task<JsonObject> DoneAsync(string caller, string mutation, object variables)
    {
        var answer = await AskAsync(caller, mutation, variables);
        // One after the other, so that the keys are the same each time.
        await Service.MatchedAsync();
        var data = answer["data"] as JsonObject ?? throw new InvalidOperationException(answer.ToJsonString());
        return answer["errors"] is null && data.All(m => m.Value!["errors"] is null) ? data : throw new InvalidOperationException(answer.ToJsonString());
    }

    private async Task ImportAsync(string directory, Matchmaking.Importing.ImportKind kind, string name, string text)
    {
        var path = Path.Combine(directory, name);
        await File.WriteAllTextAsync(path, text);
        var summary = await Matchmaking.Importing.Importer.RunAsync(Service.Stores, kind, path, new Matchmaking.Importing.ImportOptions { RejectsPath = path + ".rejects.tsv" });
        if (summary.Rejected > 0)
            throw new InvalidOperationException(await File.ReadAllTextAsync(path + ".rejects.tsv"));
    }

    /// <summary>A credit code with the check digit of GB 32100-2015.</summary>
    private static string Credit(string first17)
    {
        const string alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
        var (sum, weight) = (0, 1);
        foreach (var c in first17)
        {
            sum += alphabet.IndexOf(c) * weight;
            weight = weight * 3 % 31;
        }
        return first17 + alphabet[(31 - sum % 31) % 31];
    }
}
