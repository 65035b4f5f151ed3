using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Matchmaking.Access;
using Matchmaking.Tests.Running;
using Matchmaking.Tests.Transport.Streams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace Matchmaking.Tests.Access;

/// <summary>What is trusted and what isn't, the same by HTTP, socket and stream of events.</summary>
public sealed class TokenTests : IAsyncLifetime
{
    private RunningService _service = null!;

    public async Task InitializeAsync() => _service = await RunningService.StartAsync(new ServiceStart { TrustsThisMachine = false, Args = ["--Matchmaking:Access:Limits:FailedLogins=0"] });

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task A_token_is_trusted_on_each_transport()
    {
        var token = Issue(Role.Agency, "南京技术转移");
        Assert.Equal((200, "南京技术转移"), await HttpAsync(_service, token));
        Assert.Equal((200, "南京技术转移"), await EventAsync(_service, token));
        Assert.Equal("南京技术转移", await SocketAsync(_service, token));
        Assert.Equal((200, "anonymous"), await HttpAsync(_service, null));
        Assert.Equal("anonymous", await SocketAsync(_service, null));
    }

    public static TheoryData<string> Bad => ["tampered claims", "tampered signature", "no signature", "alg none", "signed by the public key", "another key", "another issuer", "another audience", "expired", "never ends", "not yet", "no role", "unknown role", "number as role", "nobody", "garbage", "empty", "huge", "revoked"];

    [Theory, MemberData(nameof(Bad))]
    public async Task What_is_wrong_with_a_token_is_refused_on_each_transport(string what)
    {
        var token = await MakeAsync(what);
        Assert.Equal((401, "AUTH_NOT_AUTHENTICATED"), await HttpAsync(_service, token));
        Assert.Equal((401, "AUTH_NOT_AUTHENTICATED"), await EventAsync(_service, token));
        Assert.Equal("4403", await SocketAsync(_service, token));
        using var basic = new HttpRequestMessage(HttpMethod.Get, "/graphql?query={me{name}}");
        basic.Headers.TryAddWithoutValidation("Authorization", "Basic " + token);
        basic.Headers.Accept.ParseAdd("application/json");
        using var refused = await _service.Http.SendAsync(basic);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal("Bearer error=\"invalid_token\"", refused.Headers.WwwAuthenticate.ToString());
        Assert.DoesNotContain("Exception", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_keys_count_and_a_third_ends_the_first()
    {
        var keys = SigningKeys.Open(_service.Directory, TimeProvider.System);
        var first = Issue(Role.Agency, "first");
        keys.Rotate();
        var second = await UntilAsync(() => Task.FromResult(Issue(Role.Agency, "second")), token => new JsonWebToken(token).Kid != new JsonWebToken(first).Kid);
        Assert.Equal((200, "first"), await HttpAsync(_service, first));
        Assert.Equal((200, "second"), await HttpAsync(_service, second));
        keys.Rotate();
        Assert.Equal(401, (await UntilAsync(() => HttpAsync(_service, first), answer => answer.Status == 401)).Status);
        Assert.Equal((200, "second"), await HttpAsync(_service, second));
        if (!OperatingSystem.IsWindows())
        {
            foreach (var file in Directory.GetFiles(Path.Combine(_service.Directory, "keys")))
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Theory]
    [InlineData("expires")]
    [InlineData("is revoked")]
    public async Task What_was_opened_by_a_token_ends_with_it(string how)
    {
        var token = _service.Services.GetRequiredService<Tokens>().Issue(Role.Administrator, "short", null, null, null, how == "expires" ? TimeSpan.FromSeconds(2) : TimeSpan.FromDays(1));
        using var socket = await RawSocket.OpenAsync(Socket(_service));
        await socket.SendAsync(Init(token));
        Assert.Equal("connection_ack", await socket.HearAsync());
        await socket.SubscribeAsync("1", "subscription { recommendationAdded { cursor } }");
        using var request = Ask(token, "subscription { recommendationAdded { cursor } }");
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var response = await _service.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        if (how == "is revoked")
            await RevokeAsync(token);
        Assert.Equal(4403, (await socket.CloseAsync()).Code);
        var events = await response.Content.ReadAsStringAsync();
        Assert.Contains("AUTH_NOT_AUTHENTICATED", events, StringComparison.Ordinal);
        Assert.EndsWith("event: complete\ndata:\n\n", events, StringComparison.Ordinal);
        if (how == "expires")
            _service.Clock.Now += TimeSpan.FromSeconds(2);
        Assert.Equal((401, "AUTH_NOT_AUTHENTICATED"), await HttpAsync(_service, token));
    }

    [Fact]
    public async Task Another_issuer_is_trusted_where_it_is_configured_and_only_it()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var issuer = await StartIssuerAsync(key);
        var authority = issuer.Urls.First();
        await using var service = await RunningService.StartAsync(new ServiceStart
        {
            TrustsThisMachine = false,
            Args = [$"--Matchmaking:Access:Authority={authority}", "--Matchmaking:Access:AllowPlainAuthority=true", "--Matchmaking:Access:Audience=platform", "--Matchmaking:Access:Claims:Role=groups", "--Matchmaking:Access:Claims:Name=preferred_username"],
        });
        var security = new ECDsaSecurityKey(key) { KeyId = "k1" };
        string Token(string who, string audience, SecurityKey with, object groups) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = who, Audience = audience, NotBefore = RunningService.Start.UtcDateTime, Expires = RunningService.Start.AddHours(1).UtcDateTime,
            Claims = new Dictionary<string, object> { ["groups"] = groups, ["preferred_username"] = "li", ["sub"] = "42" },
            SigningCredentials = new SigningCredentials(with, SecurityAlgorithms.EcdsaSha256),
        });
        Assert.Equal((200, "li"), await HttpAsync(service, Token(authority, "platform", security, (string[])["staff", "agency"])));
        Assert.Equal("li", await SocketAsync(service, Token(authority, "platform", security, "AGENCY")));
        Assert.Equal(401, (await HttpAsync(service, Token("https://other.example", "platform", security, "agency"))).Status);
        Assert.Equal(401, (await HttpAsync(service, Token(authority, "matchmaking", security, "agency"))).Status);
        Assert.Equal(401, (await HttpAsync(service, Token(authority, "platform", new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "k1" }, "agency"))).Status);
        Assert.Equal(401, (await HttpAsync(service, Issue(Role.Administrator, "ours"))).Status);
        Assert.False(Directory.Exists(Path.Combine(service.Directory, "keys")));
    }

    [Fact]
    public async Task An_issuer_that_is_away_is_our_fault_and_passes()
    {
        await using var service = await RunningService.StartAsync(new ServiceStart { TrustsThisMachine = false, Args = ["--Matchmaking:Access:Authority=http://127.0.0.1:9/", "--Matchmaking:Access:AllowPlainAuthority=true"] });
        Assert.Equal(503, (await HttpAsync(service, Issue(Role.Agency, "x"))).Status);
        Assert.Equal((200, "anonymous"), await HttpAsync(service, null));
    }

    private string Issue(Role role, string name) => _service.Services.GetRequiredService<Tokens>().Issue(role, name, null, null, null, TimeSpan.FromDays(1));

    private async Task RevokeAsync(string token)
    {
        await using var store = _service.Stores.Open("test");
        store.Revocations.Add(new Revocation { TokenId = Tokens.IdOf(new JsonWebToken(token)), At = store.Now });
        await store.CommitAsync();
    }

    private async Task<string> MakeAsync(string what)
    {
        var good = Issue(Role.Administrator, "boss");
        var parts = good.Split('.');
        var keys = SigningKeys.Open(_service.Directory, TimeProvider.System);
        string Made(Action<SecurityTokenDescriptor> change, Action<Dictionary<string, object>>? claims = null)
        {
            var values = new Dictionary<string, object> { ["role"] = "ADMINISTRATOR", ["name"] = "boss", ["sub"] = "boss" };
            claims?.Invoke(values);
            var made = new SecurityTokenDescriptor
            {
                Issuer = Tokens.Issuer, Audience = "matchmaking", NotBefore = RunningService.Start.UtcDateTime, IssuedAt = RunningService.Start.UtcDateTime, Expires = RunningService.Start.AddDays(1).UtcDateTime,
                Claims = values, SigningCredentials = keys.Current,
            };
            change(made);
            return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(made);
        }
        switch (what)
        {
            case "tampered claims":
                var claims = JsonNode.Parse(Base64UrlEncoder.Decode(parts[1]))!;
                claims["name"] = "somebody else";
                return $"{parts[0]}.{Base64UrlEncoder.Encode(claims.ToJsonString())}.{parts[2]}";
            case "tampered signature":
                return $"{parts[0]}.{parts[1]}.{(parts[2][0] == 'A' ? 'B' : 'A')}{parts[2][1..]}";
            case "no signature":
                return $"{parts[0]}.{parts[1]}.";
            case "alg none":
                return $"{Base64UrlEncoder.Encode("{\"alg\":\"none\",\"typ\":\"JWT\"}")}.{parts[1]}.";
            case "signed by the public key":
                var pem = ((ECDsaSecurityKey)keys.Keys[^1]).ECDsa.ExportSubjectPublicKeyInfo();
                return Made(t => t.SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(pem) { KeyId = keys.Keys[^1].KeyId }, SecurityAlgorithms.HmacSha256));
            case "another key":
                return Made(t => t.SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = keys.Keys[^1].KeyId }, SecurityAlgorithms.EcdsaSha256));
            case "another issuer":
                return Made(t => t.Issuer = "https://issuer.example");
            case "another audience":
                return Made(t => t.Audience = "elsewhere");
            case "expired":
                return Made(t => (t.NotBefore, t.IssuedAt, t.Expires) = (RunningService.Start.AddDays(-2).UtcDateTime, RunningService.Start.AddDays(-2).UtcDateTime, RunningService.Start.UtcDateTime));
            case "never ends":
                return Made(t => t.Expires = null);
            case "not yet":
                return Made(t => t.NotBefore = RunningService.Start.AddHours(1).UtcDateTime);
            case "no role":
                return Made(_ => { }, c => c.Remove("role"));
            case "unknown role":
                return Made(_ => { }, c => c["role"] = "PUBLIC");
            case "number as role":
                return Made(_ => { }, c => c["role"] = "5");
            case "nobody":
                return Made(_ => { }, c => { c.Remove("name"); c.Remove("sub"); });
            case "garbage":
                return "x.y.z";
            case "empty":
                return "";
            case "huge":
                return Made(_ => { }, c => c["more"] = new string('x', 9000));
            default:
                await RevokeAsync(good);
                await UntilAsync(() => HttpAsync(_service, good), answer => answer.Status == 401);
                return good;
        }
    }

    /// <summary>Asks again until it is so; gives up after a while.</summary>
    private static async Task<T> UntilAsync<T>(Func<Task<T>> ask, Func<T, bool> so)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            var answer = await ask();
            if (so(answer))
                return answer;
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }

    private static HttpRequestMessage Ask(string? token, string query)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query }) };
        if (token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        return request;
    }

    private static async Task<(int Status, string? Answer)> HttpAsync(RunningService service, string? token)
    {
        using var response = await service.Http.SendAsync(Ask(token, "{ me { name } }"));
        return ((int)response.StatusCode, Answer(JsonNode.Parse(await response.Content.ReadAsStringAsync())!));
    }

    private static async Task<(int Status, string? Answer)> EventAsync(RunningService service, string? token)
    {
        using var request = Ask(token, "{ me { name } }");
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var response = await service.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, Answer(JsonNode.Parse(text.StartsWith('{') ? text : text.Split('\n').First(l => l.StartsWith("data: {", StringComparison.Ordinal))["data: ".Length..])!));
    }

    private static async Task<string?> SocketAsync(RunningService service, string? token)
    {
        using var socket = await RawSocket.OpenAsync(Socket(service));
        await socket.SendAsync(Init(token));
        if (await socket.HearAsync() is not "connection_ack")
            return socket.Closed?.Code.ToString(System.Globalization.CultureInfo.InvariantCulture);
        await socket.SubscribeAsync("1", "{ me { name } }");
        JsonNode? message;
        do
            message = await socket.ReceiveAsync();
        while ((string?)message?["type"] is "ping");
        return Answer(message!["payload"]!);
    }

    private static string Init(string? token) => token is null ? """{"type":"connection_init"}"""
        : new JsonObject { ["type"] = "connection_init", ["payload"] = new JsonObject { ["Authorization"] = "Bearer " + token } }.ToJsonString();

    private static string? Answer(JsonNode answer) => (string?)answer["errors"]?[0]!["extensions"]!["code"] ?? (string?)answer["data"]!["me"]!["name"];

    private static Uri Socket(RunningService service) => new UriBuilder(new Uri(service.Http.BaseAddress!, "/graphql")) { Scheme = "ws" }.Uri;

    private static async Task<WebApplication> StartIssuerAsync(ECDsa key)
    {
        var builder = WebApplication.CreateSlimBuilder();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var point = key.ExportParameters(false).Q;
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new { issuer = app.Urls.First(), jwks_uri = app.Urls.First() + "/keys" }));
        app.MapGet("/keys", () => Results.Json(new { keys = new[] { new { kty = "EC", use = "sig", crv = "P-256", kid = "k1", x = Base64UrlEncoder.Encode(point.X), y = Base64UrlEncoder.Encode(point.Y) } } }));
        await app.StartAsync();
        return app;
    }
}
