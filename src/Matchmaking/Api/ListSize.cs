namespace Matchmaking.Api;

/// <summary>How much a filter or an order asks of the database.</summary>
internal static class ListSize
{
    /// <summary>How many comparisons, or fields of an order, a value holds.</summary>
    public static int Conditions(object? value)
    {
        var size = 0;
        switch (value)
        {
            case IDictionary<string, object?> members:
                foreach (var (name, member) in members)
                    // The operands of in and nin are one parameter, however many they are.
                    size += name is "in" or "nin" ? 1 : Conditions(member);
                return size;
            case string:
                return 1;
            case System.Collections.IEnumerable items:
                foreach (var item in items)
                    size += Conditions(item);
                return size;
            case null:
                return 0;
            default:
                return 1;
        }
    }
}
