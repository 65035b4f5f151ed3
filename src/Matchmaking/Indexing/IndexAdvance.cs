using System.Globalization;
using GraphQL.Types;
using Matchmaking.Api;

namespace Matchmaking.Indexing;

/// <summary>How far the index follows the changes (索引进度).</summary>
/// <param name="Position">The last change that can be found, counted along the feed (位置).</param>
/// <param name="Lag">How many changes were waiting behind it when it was reached (滞后).</param>
/// <param name="At">When it was reached (时间).</param>
internal sealed record IndexAdvance(long Position, long Lag, DateTime At)
{
    private const string List = "indexAdvanced";

    /// <summary>The place in the order of changes; send it back as after (游标).</summary>
    public string Cursor => Cursors.Write(List, [Position]);

    /// <summary>The position of a cursor.</summary>
    /// <exception cref="GraphQL.ExecutionError">HC0078: it is none of ours.</exception>
    public static long PositionOf(string cursor) => (long)Cursors.Read(cursor, List, [typeof(long)])[0]!;
}
