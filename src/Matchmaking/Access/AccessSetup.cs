using System.Globalization;
using Matchmaking.Access.Auditing;
using Matchmaking.Store;
using Matchmaking.Transport;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.HttpOverrides;

namespace Matchmaking.Access;

/// <summary>Puts the rights before the service: who calls, on each of the transports alike, and how often.</summary>
internal static class AccessSetup
{
    private const string Bearer = "Bearer ";

    /// <exception cref="ConfigurationException">A signing key can't be used.</exception>
    public static void AddAccess(this IServiceCollection services, AccessSettings settings, Installation installation, TimeProvider clock)
    {
        services.AddSingleton(settings);
        if (settings.Authority is { } authority)
        {
            services.AddAuthentication().AddJwtBearer(options =>
            {
                options.Authority = authority.ToString();
                options.Audience = settings.Audience;
                options.RequireHttpsMetadata = !settings.AllowsPlainAuthority;
            });
        }
        var keys = settings.Authority is null ? SigningKeys.Open(installation.DataDirectory, clock) : null;
        services.AddSingleton(p => new Tokens(settings, keys, p.GetRequiredService<StoreFactory>(), clock, p.GetService<Microsoft.Extensions.Options.IOptionsMonitor<JwtBearerOptions>>()));
        services.AddSingleton(_ => new Limits(settings.Limits));
        services.AddSingleton<Sessions>();
        services.AddHostedService(p => p.GetRequiredService<Sessions>());
        services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            forwarded.KnownIPNetworks.Clear();
            forwarded.KnownProxies.Clear();
            foreach (var proxy in settings.Proxies)
                forwarded.KnownProxies.Add(proxy);
        });
        services.AddCors(cors => cors.AddDefaultPolicy(policy => policy.WithOrigins([.. settings.Origins])
            .WithMethods("GET", "POST").WithHeaders("Authorization", "Content-Type", "Accept", "GraphQL-Cost", "X-Request-Id", "Last-Event-ID")
            .WithExposedHeaders("X-Request-Id", "Retry-After", "WWW-Authenticate").SetPreflightMaxAge(TimeSpan.FromHours(1))));
    }

    /// <summary>Says the same on sockets, on streams of events and at the end of each operation.</summary>
    public static void Guard(this GraphQLOptions options, AccessSettings settings)
    {
        options.OnConnect = ConnectAsync;
        options.Ending = context => context.RequestServices.GetRequiredService<Sessions>().Begin(Of(context), context.RequestAborted);
        // Whoever hangs up now has looked all the same.
        options.Executed = (services, _) => services.GetRequiredService<Looks>().RecordAsync(CancellationToken.None);
        if (settings.Origins.Count > 0)
            options.Streams.AllowedOrigins = string.Join(' ', [.. settings.Origins, options.Streams.AllowedOrigins ?? ""]).Trim();
    }

    public static void UseAccess(this WebApplication app, AccessSettings settings)
    {
        if (settings.Proxies.Count > 0)
            app.UseForwardedHeaders();
        app.Use((context, next) =>
        {
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            if (context.Request.IsHttps)
                headers.StrictTransportSecurity = "max-age=31536000";
            return next(context);
        });
        app.UseCors();
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/graphql", StringComparison.Ordinal), graphql => graphql.Use(IdentifyAsync));
    }

    /// <summary>Who calls.</summary>
    public static Viewer Of(HttpContext? context) => context?.Features.Get<Viewer>() ?? Viewer.Anybody;

    private static async Task IdentifyAsync(HttpContext context, RequestDelegate next)
    {
        var limits = context.RequestServices.GetRequiredService<Limits>();
        var address = Address(context);
        if (limits.Request(address) is { } busy)
        {
            await RefuseAsync(context, StatusCodes.Status429TooManyRequests, "TOO_MANY_REQUESTS", $"Too many requests from this address: try again in {busy} s.", busy);
            return;
        }
        var authorization = context.Request.Headers.Authorization;
        if (authorization.Count > 0)
        {
            var token = authorization is [{ } one] && one.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? one[Bearer.Length..].Trim() : "";
            var login = await LoginAsync(context, token, address);
            if (login.Refusal is { } refusal)
            {
                if (login.Status == StatusCodes.Status401Unauthorized)
                    context.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
                await RefuseAsync(context, login.Status, login.Status == StatusCodes.Status429TooManyRequests ? "TOO_MANY_REQUESTS" : "AUTH_NOT_AUTHENTICATED", refusal, login.RetryAfter);
                return;
            }
        }
        else
        {
            context.Features.Set(Unknown(context, address));
        }
        if (limits.Request(Of(context)) is { } often)
        {
            await RefuseAsync(context, StatusCodes.Status429TooManyRequests, "TOO_MANY_REQUESTS", $"Too many requests of this caller: try again in {often} s.", often);
            return;
        }
        await next(context);
    }

    private static async ValueTask<Admission> ConnectAsync(HttpContext context, IReadOnlyDictionary<string, object?>? payload, CancellationToken cancellation)
    {
        if (Token(payload) is { } token)
        {
            var login = await LoginAsync(context, token, Address(context));
            if (login.Refusal is { } refusal)
                return new Admission(refusal);
        }
        var viewer = Of(context);
        return viewer.TokenId.Length == 0 ? default : new Admission(null, null, context.RequestServices.GetRequiredService<Sessions>().Begin(viewer, context.RequestAborted));
    }

    private static async Task<Login> LoginAsync(HttpContext context, string token, string address)
    {
        var limits = context.RequestServices.GetRequiredService<Limits>();
        if (limits.Login(address) is { } wait)
            return new(StatusCodes.Status429TooManyRequests, $"Too many tokens from this address weren't trusted: try again in {wait} s.", wait);
        try
        {
            var viewer = await context.RequestServices.GetRequiredService<Tokens>().ReadAsync(token, context.RequestAborted);
            if (context.RequestServices.GetRequiredService<Sessions>().IsRevoked(viewer.TokenId))
                throw new TokenRefusedException("it was revoked");
            context.Features.Set(viewer with { Address = address, RequestId = context.TraceIdentifier });
            return default;
        }
        catch (TokenRefusedException refused)
        {
            if (refused.IsPassing)
                return new(StatusCodes.Status503ServiceUnavailable, $"Authorization: {refused.Message}.", 5);
            limits.FailedLogin(address);
            return new(StatusCodes.Status401Unauthorized, $"Authorization: the token isn't trusted: {refused.Message}.", null);
        }
    }

    // Who trusts this machine serves it alone, and only by the names that are its own: a page elsewhere whose name leads here isn't trusted.
    private static Viewer Unknown(HttpContext context, string address)
    {
        var local = context.RequestServices.GetRequiredService<AccessSettings>().TrustsThisMachine && context.Connection.RemoteIpAddress is { } from && System.Net.IPAddress.IsLoopback(from)
            && (context.Request.Host.Host is "localhost" || (System.Net.IPAddress.TryParse(context.Request.Host.Host.Trim('[', ']'), out var named) && System.Net.IPAddress.IsLoopback(named)));
        return (local ? Viewer.System with { Name = "local" } : Viewer.Anybody) with { Address = address, RequestId = context.TraceIdentifier };
    }

    private static string Address(HttpContext context) => context.Connection.RemoteIpAddress is not { } address ? "unknown"
        : address.IsIPv4MappedToIPv6 ? address.MapToIPv4().ToString()
        // A household has as many addresses of IPv6 as it likes, all in one network.
        : address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 && !System.Net.IPAddress.IsLoopback(address) ? new System.Net.IPAddress([.. address.GetAddressBytes().AsSpan(0, 8), 0, 0, 0, 0, 0, 0, 0, 0]) + "/64"
        : address.ToString();

    /// <summary>The token in a socket's <c>connection_init</c>: as a header, at the top or under <c>headers</c>; null where there is none.</summary>
    private static string? Token(IReadOnlyDictionary<string, object?>? payload)
    {
        foreach (var (name, value) in payload ?? new Dictionary<string, object?>())
        {
            if (name.Equals("authorization", StringComparison.OrdinalIgnoreCase) && value is string text)
                return text.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? text[Bearer.Length..].Trim() : text;
            if (name.Equals("headers", StringComparison.OrdinalIgnoreCase) && value is IReadOnlyDictionary<string, object?> headers && Token(headers) is { } below)
                return below;
        }
        return null;
    }

    private static Task RefuseAsync(HttpContext context, int status, string code, string message, int? retryAfter)
    {
        context.Response.StatusCode = status;
        if (retryAfter is { } seconds)
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return context.Response.WriteAsJsonAsync(new { errors = new[] { new { message, extensions = new { code } } } });
    }

    private readonly record struct Login(int Status, string? Refusal, int? RetryAfter);
}
