using System.CommandLine;
using Matchmaking.Api;
using Matchmaking.Indexing;
using Matchmaking.Store;
using Matchmaking.Transport;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Hosting;

/// <summary>The verb that runs the service; the default one.</summary>
internal static class ServeCommand
{
    private const string DefaultUrl = "http://127.0.0.1:5080";

    public static Command Create()
    {
        var data = Verbs.Data;
        var command = new Command("serve", "Runs the service (default). Takes ASP.NET Core's options, too: --urls, --environment, --Matchmaking:Provider …")
        {
            data,
        };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var app = await BuildAsync([.. parsed.UnmatchedTokens], parsed.GetValue(data), new ServiceParts(TimeProvider.System), cancellation);
            try
            {
                await app.StartAsync(cancellation);
            }
            catch (IOException e)
            {
                throw new ConfigurationException($"The service can't listen: {e.Message}", e);
            }
            await Banner.WriteAsync(Console.Out, app, cancellation);
            await app.WaitForShutdownAsync(cancellation);
            return 0;
        });
        return command;
    }

    /// <summary>Makes the service ready to start: store migrated, demo loaded into a new one, index at the head of the feed.</summary>
    public static async Task<WebApplication> BuildAsync(string[] args, string? dataDirectory, ServiceParts parts, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Configuration.AddInMemoryCollection([]);
        if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
            builder.WebHost.UseUrls(DefaultUrl);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);

        var installation = Installation.From(builder.Configuration, dataDirectory);
        Loopback.Require(builder.Configuration["urls"] ?? DefaultUrl);
        var stores = await installation.OpenStoreAsync(parts.Clock, cancellation, parts.Keys, parts.Interceptors);
        var indexes = OpenIndexes(installation, await HeadAsync(stores, cancellation));
        builder.Services.AddSingleton(parts.Clock);
        builder.Services.AddSingleton(installation);
        builder.Services.AddSingleton(stores);
        builder.Services.AddSingleton(indexes);
        builder.Services.AddSingleton<FeedSignal>();
        builder.Services.AddSingleton<Indexer>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<Indexer>());
        builder.Services.AddScoped<IndexView>();
        builder.Services.AddApi();

        var app = builder.Build();
        if (builder.Configuration.GetValue("Matchmaking:Demo", true))
            await Demo.LoadAsync(stores, installation.DataDirectory, Console.Out, cancellation);
        await CatchUpAsync(app, indexes, cancellation);
        app.MapGraphQL("/graphql", new GraphQLOptions { Sdl = services => SchemaText.Of(services) });
        app.MapGet("/health/live", () => Results.Text("ok"));
        app.MapGet("/health/ready", Health.ReadyAsync);
        return app;
    }

    private static Indexes OpenIndexes(Installation installation, long head)
    {
        try
        {
            return Indexes.Open(installation.DataDirectory, head);
        }
        catch (Search.Indexing.IndexInUseException e)
        {
            throw new ConfigurationException($"The data directory '{installation.DataDirectory}' is served by another process already: stop it, or give this one its own --data.", e);
        }
    }

    private static async Task<long> HeadAsync(StoreFactory stores, CancellationToken cancellation)
    {
        await using var store = stores.Open();
        return await store.FeedHeads.Select(h => h.Position).SingleAsync(cancellation);
    }

    private static async Task CatchUpAsync(WebApplication app, Indexes indexes, CancellationToken cancellation)
    {
        if (indexes.RebuiltBecause is { } because)
            await Console.Error.WriteLineAsync($"The index is built anew: {because}");
        using var progress = new IndexProgress();
        await app.Services.GetRequiredService<Indexer>().CatchUpAsync(progress.Report, cancellation);
    }
}

/// <summary>What a test puts in the place of the real world: time, keys, and an eye on the statements.</summary>
internal sealed record ServiceParts(TimeProvider Clock, KeySource? Keys = null, params Microsoft.EntityFrameworkCore.Diagnostics.IInterceptor[] Interceptors);
