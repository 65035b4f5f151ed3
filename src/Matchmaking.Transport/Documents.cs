using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using GraphQL;
using GraphQL.Transport;

namespace Matchmaking.Transport;

/// <summary>Which document a request means: its own text, a persisted one by id, or one that was registered by its hash.</summary>
/// <remarks>The hash is Apollo's protocol, <c>extensions.persistedQuery {version, sha256Hash}</c>. Clients of Apollo, urql and HotChocolate
/// send the text too when they read the message <c>PersistedQueryNotFound</c>; HotChocolate's code for it is HC0020.</remarks>
internal sealed class Documents(GraphQLOptions options)
{
    private readonly FrozenDictionary<string, string> _persisted = PersistedDocuments.Load(options.PersistedDocuments);
    private readonly AutomaticDocuments _automatic = new(options.OnlyPersisted ? 0 : options.MaxAutomaticDocuments, options.MaxAutomaticCharacters);

    /// <summary>The document's text, or why there is none.</summary>
    public FoundDocument Find(GraphQLRequest asked)
    {
        if (Hash(asked.Extensions) is { } hash)
            return string.IsNullOrEmpty(asked.Query) ? ByHash(hash) : Registered(hash, asked.Query);
        if (!string.IsNullOrEmpty(asked.DocumentId))
        {
            if (!string.IsNullOrEmpty(asked.Query))
                throw RequestRefusal.Body("query, documentId: they exclude each other.");
            return _persisted.TryGetValue(asked.DocumentId, out var known) ? new(known, null, null)
                : Refuse("HC0020", $"documentId: no document '{RequestRefusal.Shorten(asked.DocumentId)}' is persisted here.");
        }
        return options.OnlyPersisted ? OnlyPersisted() : new(asked.Query, null, null);
    }

    /// <summary>Keeps a document that was registered with the request, once it proved to be one that can be executed.</summary>
    public void Keep(FoundDocument found)
    {
        if (found.Registering is { } hash)
            _automatic.Keep(hash, found.Text!);
    }

    /// <summary>Whether the request names a document in one of the three ways.</summary>
    public static bool IsNamedBy(GraphQLRequest asked) => !string.IsNullOrEmpty(asked.Query) || !string.IsNullOrEmpty(asked.DocumentId) || Hash(asked.Extensions) is not null;

    private FoundDocument ByHash(string hash) =>
        _persisted.TryGetValue(hash, out var text) ? new(text, null, null)
        : !_automatic.IsOn && _persisted.Count == 0 ? Refuse("PERSISTED_QUERY_NOT_SUPPORTED", "PersistedQueryNotSupported")
        : _automatic.Find(hash.ToLowerInvariant()) is { } kept ? new(kept, null, null)
        : Refuse("HC0020", "PersistedQueryNotFound");

    private FoundDocument Registered(string hash, string text)
    {
        // A client that registers again need not be refused, if it asks what is persisted.
        if (options.OnlyPersisted)
            return _persisted.TryGetValue(hash, out var known) && known == text ? new(text, null, null) : OnlyPersisted();
        var bytes = Encoding.UTF8.GetBytes(text);
        if (!Convert.ToHexStringLower(SHA256.HashData(bytes)).Equals(hash, StringComparison.OrdinalIgnoreCase))
            throw RequestRefusal.Body("extensions.persistedQuery.sha256Hash: provided sha does not match query.");
        return new(text, null, hash.ToLowerInvariant());
    }

    private static FoundDocument OnlyPersisted() => Refuse("HC0067", "Only persisted documents are allowed here: send the documentId of one.");

    private static FoundDocument Refuse(string code, string message) => new(null, new ExecutionError(message) { Code = code }, null);

    private static string? Hash(Inputs? extensions)
    {
        if (extensions is null || !extensions.TryGetValue("persistedQuery", out var value) || value is null)
            return null;
        if (value is not IReadOnlyDictionary<string, object?> persisted)
            throw RequestRefusal.Body("extensions.persistedQuery: it is no JSON object.");
        // HotChocolate's own clients name another algorithm's hash and leave the version away; their text is executed as it is.
        if (!persisted.TryGetValue("sha256Hash", out var hash))
            return null;
        if (persisted.TryGetValue("version", out var version) && version is not 1)
            throw RequestRefusal.Body("extensions.persistedQuery.version: only 1 is known.");
        return hash is string { Length: > 0 } text ? text : throw RequestRefusal.Body("extensions.persistedQuery.sha256Hash: it is no hash.");
    }
}

/// <summary>What a request's document is.</summary>
/// <param name="Text">The document; null where it is refused.</param>
/// <param name="Refusal">Why there is none.</param>
/// <param name="Registering">The hash under which the client wants it kept.</param>
internal readonly record struct FoundDocument(string? Text, ExecutionError? Refusal, string? Registering);
