using System.CommandLine;
using Matchmaking.Organizations;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Matchmaking.Access;

/// <summary>The verb <c>token</c>: issues and revokes the service's own tokens, and rotates what signs them.</summary>
internal static class TokenCommand
{
    private const int MaxDays = 366;

    /// <param name="open">Opens the configured installation from the parsed command line.</param>
    /// <param name="shared">Options of the program that every verb takes, such as --data.</param>
    public static Command Create(Func<ParseResult, CancellationToken, Task<(Installation Installation, IConfiguration Configuration, StoreFactory Stores)>> open, params Option[] shared)
    {
        var role = new Option<string>("--role") { Description = "enterprise, institution, agency, authority or administrator", Required = true };
        var name = new Option<string>("--name") { Description = "Whose token it is; agencies are invited by this name", Required = true };
        var institution = new Option<string?>("--institution") { Description = "The code of the institution it speaks for" };
        var enterprise = new Option<string?>("--enterprise") { Description = "The credit code of the enterprise it speaks for" };
        var province = new Option<string?>("--province") { Description = $"The province of an authority, or {Viewer.Nation}" };
        var days = new Option<int>("--days") { Description = $"How long it counts, at most {MaxDays}", DefaultValueFactory = _ => 30 };
        var issue = new Command("issue", "Print a token (签发令牌)") { role, name, institution, enterprise, province, days };
        var token = new Argument<string>("TOKEN") { Description = "The token, or its id (jti)" };
        var revoke = new Command("revoke", "Let a token count no more; open subscriptions in its name end within seconds (吊销令牌)") { token };
        var rotate = new Command("rotate", "Sign with a new key from now on; tokens of the one before count until the next rotation (轮换密钥)");
        foreach (var option in shared)
        {
            issue.Options.Add(option);
            revoke.Options.Add(option);
            rotate.Options.Add(option);
        }
        issue.SetAction(async (parsed, cancellation) =>
        {
            await Task.Yield();
            var (installation, configuration, stores) = await open(parsed, cancellation);
            using (stores)
            {
                var who = await CheckAsync(stores, parsed.GetValue(role)!, parsed.GetValue(name)!, parsed.GetValue(institution), parsed.GetValue(enterprise), parsed.GetValue(province), parsed.GetValue(days), cancellation);
                var tokens = Own(installation, configuration, stores);
                Console.Out.WriteLine(tokens.Issue(who.Role, parsed.GetValue(name)!.Trim(), who.Institution, who.Enterprise, who.Province, TimeSpan.FromDays(parsed.GetValue(days))));
                return 0;
            }
        });
        revoke.SetAction(async (parsed, cancellation) =>
        {
            await Task.Yield();
            var (_, _, stores) = await open(parsed, cancellation);
            using (stores)
            {
                var id = Id(parsed.GetValue(token)!.Trim());
                await using var store = stores.Open("token revoke");
                if (await store.Revocations.AnyAsync(r => r.TokenId == id, cancellation))
                {
                    Console.Out.WriteLine($"The token {id} is revoked already.");
                    return 0;
                }
                // What has ended by itself needs no revocation any more.
                var ended = store.Now.AddDays(-MaxDays);
                store.Revocations.RemoveRange(await store.Revocations.AsTracking().Where(r => r.At < ended).ToListAsync(cancellation));
                store.Revocations.Add(new Revocation { TokenId = id, At = store.Now });
                await store.CommitAsync(cancellation);
                Console.Out.WriteLine($"The token {id} counts no more.");
                return 0;
            }
        });
        rotate.SetAction(async (parsed, cancellation) =>
        {
            await Task.Yield();
            var (installation, configuration, stores) = await open(parsed, cancellation);
            using (stores)
            {
                RequireOwn(configuration);
                Console.Out.WriteLine($"New tokens are signed by {SigningKeys.Open(installation.DataDirectory, TimeProvider.System).Rotate()}; those of the key before count until the next rotation.");
                return 0;
            }
        });
        return new Command("token", "Tokens by which callers are known (令牌)") { issue, revoke, rotate };
    }

    private static Tokens Own(Installation installation, IConfiguration configuration, StoreFactory stores)
    {
        RequireOwn(configuration);
        return new Tokens(AccessSettings.From(configuration), SigningKeys.Open(installation.DataDirectory, TimeProvider.System), stores, TimeProvider.System);
    }

    private static void RequireOwn(IConfiguration configuration)
    {
        if (AccessSettings.From(configuration).Authority is { } authority)
            throw new ConfigurationException($"Tokens are issued by {authority} (Matchmaking:Access:Authority): ask there.");
    }

    private static async Task<(Role Role, string? Institution, string? Enterprise, string? Province)> CheckAsync(
        StoreFactory stores, string role, string name, string? institution, string? enterprise, string? province, int days, CancellationToken cancellation)
    {
        if (!Enum.TryParse<Role>(role, ignoreCase: true, out var known) || known == Role.Public || char.IsAsciiDigit(role[0]) || !Enum.IsDefined(known))
            throw new ConfigurationException($"--role: '{role}' is none of enterprise, institution, agency, authority and administrator.");
        if (name.Trim().Length is 0 or > 200)
            throw new ConfigurationException("--name: 1 to 200 characters are expected.");
        if (days is < 1 or > MaxDays)
            throw new ConfigurationException($"--days: {days} isn't from 1 to {MaxDays}.");
        Require(known == Role.Institution, institution, "--institution", "an institution");
        Require(known == Role.Enterprise, enterprise, "--enterprise", "an enterprise");
        Require(known == Role.Authority, province, "--province", "an authority");
        await using var store = stores.Open("token issue");
        if (institution is not null && !await store.Institutions.AnyAsync(i => i.Code == institution, cancellation))
            throw new ConfigurationException($"--institution: no institution has the code '{institution}'.");
        string? problem = null;
        var credit = enterprise is null ? null : CreditCode.Normalize(enterprise, out problem) ?? throw new ConfigurationException($"--enterprise: '{enterprise}': {problem}.");
        if (credit is not null && !await store.Enterprises.AnyAsync(e => e.CreditCode == credit, cancellation))
            throw new ConfigurationException($"--enterprise: no enterprise has the credit code '{credit}'.");
        var place = province is null or Viewer.Nation ? province : Places.Province(province) ?? throw new ConfigurationException($"--province: '{province}' is neither a Chinese province nor {Viewer.Nation}.");
        return (known, institution, credit, place);
    }

    private static void Require(bool belongs, string? value, string option, string whom)
    {
        if (belongs && string.IsNullOrWhiteSpace(value))
            throw new ConfigurationException($"{option}: the token of {whom} needs it.");
        if (!belongs && value is not null)
            throw new ConfigurationException($"{option}: only the token of {whom} takes it.");
    }

    private static string Id(string token)
    {
        if (!token.Contains('.', StringComparison.Ordinal))
            return token.Length is > 0 and <= 100 ? token : throw new ConfigurationException("TOKEN: a token or its id is expected.");
        try
        {
            return Tokens.IdOf(new JsonWebToken(token));
        }
        catch (ArgumentException e)
        {
            throw new ConfigurationException("TOKEN: this is no JSON Web Token.", e);
        }
    }
}
