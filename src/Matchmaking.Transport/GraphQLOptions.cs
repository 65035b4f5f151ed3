namespace Matchmaking.Transport;

/// <summary>How the endpoint behaves; the bounds hold before anything is executed.</summary>
public sealed class GraphQLOptions
{
    /// <summary>The largest request body in bytes; beyond it the answer is 413.</summary>
    public int MaxBodyBytes { get; set; } = 1 << 20;

    /// <summary>The deepest nesting of selections that is executed.</summary>
    public int MaxDepth { get; set; } = 15;

    /// <summary>The most fields that a document may select, fragments counted wherever they are spread.</summary>
    public int MaxFields { get; set; } = 1000;

    /// <summary>The schema as text, for <c>GET ?sdl</c>.</summary>
    public Func<IServiceProvider, string>? Sdl { get; set; }
}
