using System.Collections.Concurrent;
using System.Security.Cryptography;
using Matchmaking.Organizations;
using Matchmaking.Store;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Matchmaking.Access;

/// <summary>Reads tokens, the same on every transport, and issues the service's own.</summary>
internal sealed class Tokens(AccessSettings settings, SigningKeys? keys, StoreFactory stores, TimeProvider clock, IOptionsMonitor<JwtBearerOptions>? bearer = null)
{
    /// <summary>Who issues the service's own tokens.</summary>
    public const string Issuer = "matchmaking";

    /// <summary>Codes that tokens named lately, with the keys they stand for.</summary>
    private const int MaxKnown = 10_000;

    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);
    private static readonly JsonWebTokenHandler Handler = new();

    // None but asymmetric ones: with a shared secret, who checks tokens could make them; "none" isn't among them either.
    private static readonly string[] Algorithms =
        [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512, SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512];

    private readonly ConcurrentDictionary<(bool IsInstitution, string Code), (Guid Key, DateTimeOffset Until)> _known = [];

    /// <summary>Who a token says its bearer is.</summary>
    /// <exception cref="TokenRefusedException">It can't be trusted; the message says why, as far as its bearer may know.</exception>
    public async Task<Viewer> ReadAsync(string token, CancellationToken cancellation)
    {
        var result = await ValidateAsync(token, cancellation);
        if (!result.IsValid)
            throw new TokenRefusedException(Why(result.Exception), result.Exception);
        var read = (JsonWebToken)result.SecurityToken;
        var claims = settings.Claims;
        var roles = Values(read, claims.Role).Select(Known).OfType<Role>().Where(role => role != Role.Public).Distinct().Order().ToList();
        if (roles.Count == 0)
            throw new TokenRefusedException($"its claim '{claims.Role}' names none of ENTERPRISE, INSTITUTION, AGENCY, AUTHORITY and ADMINISTRATOR");
        var name = Values(read, claims.Name).FirstOrDefault() ?? read.Subject;
        if (string.IsNullOrWhiteSpace(name))
            throw new TokenRefusedException($"it says not whose it is: neither '{claims.Name}' nor 'sub' is there");
        return new Viewer
        {
            Name = name.Length <= 200 ? name : name[..200],
            Roles = roles,
            InstitutionId = roles.Contains(Role.Institution) ? await KeyAsync(true, Values(read, claims.Institution).FirstOrDefault(), cancellation) : default,
            EnterpriseId = roles.Contains(Role.Enterprise) ? await KeyAsync(false, Values(read, claims.Enterprise).FirstOrDefault(), cancellation) : default,
            Province = roles.Contains(Role.Authority) ? Province(Values(read, claims.Province).FirstOrDefault()) : "",
            TokenId = IdOf(read),
            Until = new DateTimeOffset(read.ValidTo, TimeSpan.Zero),
        };
    }

    /// <summary>A token of the service's own.</summary>
    /// <param name="institution">The code of the institution it speaks for.</param>
    /// <param name="enterprise">The credit code of the enterprise it speaks for.</param>
    /// <param name="province">The province of an authority, or <see cref="Viewer.Nation"/>.</param>
    public string Issue(Role role, string name, string? institution, string? enterprise, string? province, TimeSpan lasts)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var claims = new Dictionary<string, object>
        {
            ["jti"] = Guid.CreateVersion7(clock.GetUtcNow()).ToString("N"),
            ["sub"] = name,
            ["name"] = name,
            ["role"] = role.ToString().ToUpperInvariant(),
        };
        foreach (var (claim, value) in ((string, string?)[])[("institution", institution), ("enterprise", enterprise), ("province", province)])
        {
            if (value is not null)
                claims[claim] = value;
        }
        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = settings.Audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + lasts,
            Claims = claims,
            SigningCredentials = keys!.Current,
        });
    }

    /// <summary>The id under which a token is revoked: its own, or a digest of it where its issuer gave none.</summary>
    public static string IdOf(JsonWebToken token) =>
        token.Id is { Length: > 0 and <= 100 } id ? id : Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(token.EncodedToken)));

    private async Task<TokenValidationResult> ValidateAsync(string token, CancellationToken cancellation)
    {
        if (token.Length > 8192)
            throw new TokenRefusedException("it is longer than 8,192 characters");
        var parameters = new TokenValidationParameters
        {
            ValidAudience = settings.Audience,
            ValidAlgorithms = Algorithms,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            ValidateIssuerSigningKey = true,
            LifetimeValidator = IsAlive,
        };
        if (settings.Authority is null)
        {
            parameters.ValidIssuer = Issuer;
            parameters.IssuerSigningKeys = keys!.Keys;
            return await Handler.ValidateTokenAsync(token, parameters);
        }
        var manager = bearer!.Get(JwtBearerDefaults.AuthenticationScheme).ConfigurationManager!;
        var result = await Handler.ValidateTokenAsync(token, With(parameters, await IssuerAsync(manager, cancellation)));
        if (result.Exception is not SecurityTokenSignatureKeyNotFoundException)
            return result;
        // The issuer may have a new key; the manager asks it no more often than is good for it.
        manager.RequestRefresh();
        return await Handler.ValidateTokenAsync(token, With(parameters, await IssuerAsync(manager, cancellation)));
    }

    private static async Task<OpenIdConnectConfiguration> IssuerAsync(Microsoft.IdentityModel.Protocols.IConfigurationManager<OpenIdConnectConfiguration> manager, CancellationToken cancellation)
    {
        try
        {
            return await manager.GetConfigurationAsync(cancellation);
        }
        catch (InvalidOperationException e)
        {
            throw new TokenRefusedException("the issuer of tokens doesn't answer, so that none can be checked", e) { IsPassing = true };
        }
    }

    private static TokenValidationParameters With(TokenValidationParameters parameters, OpenIdConnectConfiguration issuer)
    {
        parameters.ValidIssuer = issuer.Issuer;
        parameters.IssuerSigningKeys = issuer.SigningKeys;
        return parameters;
    }

    private bool IsAlive(DateTime? from, DateTime? until, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        // The clock of another issuer isn't ours.
        var skew = settings.Authority is null ? TimeSpan.Zero : TimeSpan.FromSeconds(30);
        if (until is not { } end || now >= end + skew)
            throw new SecurityTokenExpiredException();
        if (from is { } begin && now < begin - skew)
            throw new SecurityTokenNotYetValidException();
        return true;
    }

    // What a client learns: enough to mend its own mistake, nothing of keys.
    private static string Why(Exception? fault) => fault switch
    {
        SecurityTokenExpiredException or SecurityTokenNoExpirationException => "it has expired, or never does",
        SecurityTokenNotYetValidException => "it isn't valid yet",
        SecurityTokenInvalidIssuerException => "it is of another issuer",
        SecurityTokenInvalidAudienceException => "it is meant for another audience",
        SecurityTokenMalformedException or ArgumentException => "it is no JSON Web Token",
        _ => "its signature can't be trusted",
    };

    private async Task<Guid> KeyAsync(bool isInstitution, string? code, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(code))
            return default;
        var now = clock.GetUtcNow();
        if (_known.TryGetValue((isInstitution, code), out var known) && known.Until > now)
            return known.Key;
        await using var store = stores.Open("tokens");
        var key = isInstitution
            ? await store.Institutions.Where(i => i.Code == code).Select(i => i.Id).SingleOrDefaultAsync(cancellation)
            : await store.Enterprises.Where(e => e.CreditCode == code).Select(e => e.Id).SingleOrDefaultAsync(cancellation);
        if (_known.Count >= MaxKnown)
            _known.Clear();
        // One that isn't there yet may be imported any moment.
        if (key != default)
            _known[(isInstitution, code)] = (key, now + Remembered);
        return key;
    }

    private static string Province(string? text) => text switch
    {
        null or "" => "",
        Viewer.Nation or "NATION" => Viewer.Nation,
        _ => Places.Province(text) ?? "",
    };

    private static Role? Known(string text) => Enum.TryParse<Role>(text, ignoreCase: true, out var role) && Enum.IsDefined(role) && !char.IsAsciiDigit(text[0]) ? role : null;

    private static IEnumerable<string> Values(JsonWebToken token, string claim) => token.Claims.Where(c => c.Type == claim && c.Value.Length > 0).Select(c => c.Value);
}

/// <summary>A token that isn't trusted.</summary>
internal sealed class TokenRefusedException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether it may be trusted later: the fault is ours.</summary>
    public bool IsPassing { get; init; }
}
