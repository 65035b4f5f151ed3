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
        await output.WriteLineAsync($$"""
            Matchmaking listens on {{string.Join(" and ", app.Urls.Select(u => u + "/graphql"))}}
              data          {{installation.DataDirectory}} ({{installation.Provider}})
              institutions  {{await store.Institutions.CountAsync(cancellation)}}
              patents       {{await store.Patents.CountAsync(cancellation)}}
              enterprises   {{await store.Enterprises.CountAsync(cancellation)}}
              needs         {{await store.Needs.CountAsync(cancellation)}}
              rights        none yet: each caller is an administrator, so only this machine is served

            Try:
              curl -s {{url}}/graphql -H 'Content-Type: application/json' -d '{"query":"{ tryNeed(description: \"铝合金压铸件气孔多，想找一种真空压铸或者除气的工艺\", first: 1) { score patent { title holder { name } } explanation { summary } } }"}'

            Ctrl-C stops it.
            """);
    }
}
