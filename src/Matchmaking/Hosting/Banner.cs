using Matchmaking.Access;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Hosting;

/// <summary>What a person reads when the service has started.</summary>
internal static class Banner
{
    public static async Task WriteAsync(TextWriter output, WebApplication app, CancellationToken cancellation)
    {
        var installation = app.Services.GetRequiredService<Installation>();
        await using var store = app.Services.GetRequiredService<StoreFactory>().Open("banner");
        var url = app.Urls.First();
        var access = app.Services.GetRequiredService<AccessSettings>();
        var rights = access.TrustsThisMachine ? "whoever asks from this machine is an administrator (Matchmaking:Access:Anonymous); no other is served"
            : access.Authority is { } authority ? $"tokens of {authority}; who shows none may search patents and public needs"
            : "who shows no token may search patents and public needs; token issue prints one";
        await output.WriteLineAsync($$"""
            Matchmaking listens on {{string.Join(" and ", app.Urls.Select(u => u + "/graphql"))}}
              data          {{installation.DataDirectory}} ({{installation.Provider}})
              institutions  {{await store.Institutions.CountAsync(cancellation)}}
              patents       {{await store.Patents.CountAsync(cancellation)}}
              enterprises   {{await store.Enterprises.CountAsync(cancellation)}}
              needs         {{await store.Needs.CountAsync(cancellation)}}
              rights        {{rights}}

            Try:
              curl -s {{url}}/graphql -H 'Content-Type: application/json' -d '{"query":"{ tryNeed(description: \"铝合金压铸件气孔多，想找一种真空压铸或者除气的工艺\", first: 1) { score patent { title holder { name } } explanation { summary } } }"}'

            Ctrl-C stops it.
            """);
    }
}
