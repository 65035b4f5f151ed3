using System.CommandLine;
using Matchmaking.Access;
using Matchmaking.Api;
using Matchmaking.Deliveries;
using Matchmaking.Ide;
using Matchmaking.Indexing;
using Matchmaking.Observing;
using Matchmaking.Recommendations;
using Matchmaking.Store;
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
            // SQLite never truly waits, and until an action does, System.CommandLine answers a signal by ending the process on the spot.
            await Task.Yield();
            SettingArguments.Require(parsed.UnmatchedTokens);
            try
            {
                await using var app = await BuildAsync([.. parsed.UnmatchedTokens], parsed.GetValue(data), new ServiceParts(TimeProvider.System), cancellation);
                // By the lifetime and not by the start's token: workers that end before the host is told so are taken for failed.
                using var stop = cancellation.Register(app.Lifetime.StopApplication);
                try
                {
                    await app.StartAsync(CancellationToken.None);
                }
                // No port free, no right to it, no certificate for it.
                catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException or InvalidOperationException)
                {
                    app.Lifetime.StopApplication();
                    throw new ConfigurationException($"The service can't listen: {e.Message.ReplaceLineEndings(" ")}", e);
                }
                await Banner.WriteAsync(Console.Out, app, cancellation);
                await app.WaitForShutdownAsync(CancellationToken.None);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                await Console.Error.WriteLineAsync("Stopped while starting; the next start goes on from here.");
            }
            return 0;
        });
        return command;
    }

    /// <summary>Makes the service ready to start: store migrated, demo loaded into a new one, index at the head of the feed.</summary>
    public static async Task<WebApplication> BuildAsync(string[] args, string? dataDirectory, ServiceParts parts, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateBuilder(args);
        if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
            builder.WebHost.UseUrls(DefaultUrl);
        var graphql = Wire.Options(builder.Configuration);
        graphql.Sdl = services => SchemaText.Of(services);
        Wire.Add(builder, graphql);
        Logs.Configure(builder);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        // Says whole addresses, and with them what is searched for and the secret links of feeds.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        // Says with a stack what ServeCommand says in a line.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        // Who is served longer than this is cut off, so that a stop is over before a supervisor loses patience.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(3));

        var installation = Installation.From(builder.Configuration, dataDirectory);
        var observation = Observation.From(builder.Configuration);
        var access = AccessSettings.From(builder.Configuration);
        if (access.TrustsThisMachine)
            Loopback.Require(builder.Configuration);
        graphql.Guard(access);
        var stores = await installation.OpenStoreAsync(parts.Clock, cancellation, parts.Keys, [StatementTracing.Instance, .. parts.Interceptors]);
        builder.Services.AddAccess(access, installation, parts.Clock);
        var indexes = OpenIndexes(installation, await HeadAsync(stores, cancellation));
        builder.Services.AddSingleton(parts.Clock);
        builder.Services.AddSingleton(installation);
        // By a function, so that it's disposed of with the rest.
        builder.Services.AddSingleton(_ => stores);
        // Given as a factory: what the container makes it also disposes, and the directory is free for the next owner.
        builder.Services.AddSingleton(_ => indexes);
        builder.Services.AddSingleton<FeedSignal>();
        builder.Services.AddSingleton<Indexer>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<Indexer>());
        builder.Services.AddSingleton(RecommendationSettings.From(builder.Configuration, installation.DataDirectory));
        builder.Services.AddSingleton<MatchingSignal>();
        builder.Services.AddSingleton<InboxWatch>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<InboxWatch>());
        builder.Services.AddSingleton<Inbox>();
        if (installation.Provider == Provider.PostgreSql)
            builder.Services.AddHostedService<NodeListener>();
        builder.Services.AddSingleton<RecommendationMatcher>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<RecommendationMatcher>());
        builder.Services.AddDeliveries(builder.Configuration);
        builder.Services.AddScoped<IndexView>();
        builder.Services.AddApi();
        builder.Services.AddTelemetry(observation);

        var app = builder.Build();
        app.StartTelemetry();
        if (builder.Configuration.GetValue("Matchmaking:Demo", true))
            await LoadDemoAsync(stores, installation, cancellation);
        await CatchUpAsync(app, indexes, cancellation);
        app.UseRequestIds();
        app.MapMetrics(observation);
        Wire.Use(app);
        app.UseAccess(access);
        var bundle = builder.Configuration.GetValue("Matchmaking:Ide", true) ? IdeBundle.Open(Path.Combine(AppContext.BaseDirectory, "ide")) : null;
        graphql.Page = IdeEndpoint.Map(app, "/graphql", bundle, SchemaText.Of);
        Wire.Map(app, graphql);
        app.MapDeliveries();
        app.MapGet("/health/live", Health.Live).DisableHttpMetrics();
        app.MapGet("/health/ready", Health.ReadyAsync).DisableHttpMetrics();
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
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"The index in '{installation.DataDirectory}' can't be opened: {e.Message}", e);
        }
    }

    private static async Task LoadDemoAsync(StoreFactory stores, Installation installation, CancellationToken cancellation)
    {
        try
        {
            await Demo.LoadAsync(stores, installation.DataDirectory, Console.Out, cancellation);
        }
        catch (Importing.UnreadableFileException e)
        {
            throw new ConfigurationException($"The demo data can't be loaded: {e.Message}", e);
        }
    }

    private static async Task<long> HeadAsync(StoreFactory stores, CancellationToken cancellation)
    {
        await using var store = stores.Open("start");
        return await store.FeedHeads.Select(h => h.Position).SingleAsync(cancellation);
    }

    private static async Task CatchUpAsync(WebApplication app, Indexes indexes, CancellationToken cancellation)
    {
        if (indexes.RebuiltBecause is { } because)
            await Console.Error.WriteLineAsync($"The index is built anew: {because}");
        using var progress = new IndexProgress();
        try
        {
            await app.Services.GetRequiredService<Indexer>().CatchUpAsync(progress.Report, cancellation);
        }
        catch (Search.Indexing.IndexWriteException e)
        {
            // What is stored can be read all the same; the indexer tries again, and /health/ready says that it stands.
            await Console.Error.WriteLineAsync($"The index can't be written yet: {e.InnerException?.Message ?? e.Message}");
        }
    }
}

/// <summary>What a test puts in the place of the real world: time, keys, and an eye on the statements.</summary>
internal sealed record ServiceParts(TimeProvider Clock, KeySource? Keys = null, params Microsoft.EntityFrameworkCore.Diagnostics.IInterceptor[] Interceptors);
