namespace Matchmaking.Deliveries;

/// <summary>Who is told something outside.</summary>
internal enum Audience
{
    /// <summary>The enterprise whose need it is.</summary>
    Enterprise,

    /// <summary>The institution whose patent it is.</summary>
    Institution,

    /// <summary>Whoever has a link.</summary>
    Reader,
}
