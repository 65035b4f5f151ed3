using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Matchmaking.Transport;

/// <summary>How the endpoint behaves; the bounds hold before anything is executed.</summary>
public sealed class GraphQLOptions
{
    /// <summary>The largest request body in bytes, decompressed; beyond it the answer is 413.</summary>
    [Range(1024, 1 << 28)]
    public int MaxBodyBytes { get; set; } = 1 << 20;

    /// <summary>The deepest nesting of selections that is executed.</summary>
    [Range(1, 100)]
    public int MaxDepth { get; set; } = 15;

    /// <summary>The most fields that a document may select, fragments counted wherever they are spread.</summary>
    [Range(1, 1_000_000)]
    public int MaxFields { get; set; } = 1000;

    /// <summary>The most that the fields of an operation may weigh, each times how often it is resolved.</summary>
    [Range(1, 1_000_000_000)]
    public int MaxFieldCost { get; set; } = 20_000;

    /// <summary>The most objects that an operation may make.</summary>
    [Range(1, 1_000_000_000)]
    public int MaxTypeCost { get; set; } = 10_000;

    /// <summary>The most requests that one JSON array may hold; with 0 arrays are refused.</summary>
    [Range(0, 1000)]
    public int MaxBatch { get; set; }

    /// <summary>How long one HTTP request may be executed; then its SQL is stopped and the answer is HC0045.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether the schema may be asked for: by <c>__schema</c>, <c>__type</c> and <c>GET ?sdl</c>.</summary>
    public bool Introspection { get; set; } = true;

    /// <summary>A directory of documents that are known by id, <c>ID.graphql</c> or JSON manifests, or one manifest.</summary>
    public string? PersistedDocuments { get; set; }

    /// <summary>Whether documents that stand in no <see cref="PersistedDocuments"/> are refused.</summary>
    public bool OnlyPersisted { get; set; }

    /// <summary>How many documents that clients registered by their hash are kept, the longest unused going first; with 0 none is.</summary>
    [Range(0, 1_000_000)]
    public int MaxAutomaticDocuments { get; set; } = 1000;

    /// <summary>How many characters those documents may have in all.</summary>
    [Range(1024, 1 << 30)]
    public int MaxAutomaticCharacters { get; set; } = 1 << 23;

    /// <summary>How many characters the documents may have that are kept parsed and validated; one takes a sixteenth at most. With 0 none is kept.</summary>
    [Range(0, 1 << 28)]
    public int MaxCachedCharacters { get; set; } = 1 << 20;

    /// <summary>The largest request line and headers in bytes; beyond them the answer is 414 or 431.</summary>
    [Range(1024, 1 << 20)]
    public int MaxHeaderBytes { get; set; } = 32 << 10;

    /// <summary>How long a client may take to send its headers; then it's cut off.</summary>
    public TimeSpan HeaderTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The least bytes a second that a body must come with, and an answer be read with, after five seconds of grace.</summary>
    [Range(1, 1 << 20)]
    public int MinBytesPerSecond { get; set; } = 240;

    /// <summary>An operation that takes this long or longer is logged by its name.</summary>
    public TimeSpan SlowOperation { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The schema as text, for <c>GET ?sdl</c>.</summary>
    public Func<IServiceProvider, string>? Sdl { get; set; }

    /// <summary>How connections that stay open behave.</summary>
    public StreamOptions Streams { get; } = new();

    /// <summary>Decides over a socket's <c>connection_init</c> and its payload; without it, each is welcome.</summary>
    public Func<HttpContext, IReadOnlyDictionary<string, object?>?, CancellationToken, ValueTask<Admission>>? OnConnect { get; set; }

    /// <summary>Is cancelled when the right of who asked by HTTP ends: a stream of events ends with an error then.</summary>
    public Func<HttpContext, CancellationToken>? Ending { get; set; }

    /// <summary>Runs in the scope of an operation or an event when it was executed, before its answer leaves; where it fails, nothing is answered.</summary>
    public Func<IServiceProvider, CancellationToken, ValueTask>? Executed { get; set; }

    /// <summary>What a browser gets that opens the path: a GET that asks for text/html first.</summary>
    public Func<HttpContext, Task>? Page { get; set; }

    /// <summary>Reads the options from a section; what isn't set keeps its default.</summary>
    /// <exception cref="InvalidOptionException">A setting isn't known, or its value can't be taken; the message names both.</exception>
    public static GraphQLOptions From(IConfigurationSection section) => OptionReader.Read(section);
}
