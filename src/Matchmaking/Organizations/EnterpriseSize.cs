namespace Matchmaking.Organizations;

/// <summary>The size of an enterprise (划型).</summary>
public enum EnterpriseSize
{
    /// <summary>Micro (微型).</summary>
    Micro,

    /// <summary>Small (小型).</summary>
    Small,

    /// <summary>Medium (中型).</summary>
    Medium,

    /// <summary>Large: no small or medium enterprise any more (大型).</summary>
    Large,
}

/// <summary>Sizes by the rules of 《中小企业划型标准规定》 (工信部联企业〔2011〕300号), money in ten thousands of yuan.</summary>
public static class EnterpriseSizes
{
    private enum Figure
    {
        Employees,
        Revenue,
        Assets,
    }

    private sealed record Threshold(Figure Figure, decimal Large, decimal Medium, decimal Small);

    private static Threshold E(decimal large, decimal medium, decimal small) => new(Figure.Employees, large, medium, small);

    private static Threshold R(decimal large, decimal medium, decimal small) => new(Figure.Revenue, large, medium, small);

    private static Threshold A(decimal large, decimal medium, decimal small) => new(Figure.Assets, large, medium, small);

    private static readonly Threshold[] Agriculture = [R(20000, 500, 50)];
    private static readonly Threshold[] Industry = [E(1000, 300, 20), R(40000, 2000, 300)];
    private static readonly Threshold[] Construction = [R(80000, 6000, 300), A(80000, 5000, 300)];
    private static readonly Threshold[] Wholesale = [E(200, 20, 5), R(40000, 5000, 1000)];
    private static readonly Threshold[] Retail = [E(300, 50, 10), R(20000, 500, 100)];
    private static readonly Threshold[] Transport = [E(1000, 300, 20), R(30000, 3000, 200)];
    private static readonly Threshold[] Storage = [E(200, 100, 20), R(30000, 1000, 100)];
    private static readonly Threshold[] Post = [E(1000, 300, 20), R(30000, 2000, 100)];
    private static readonly Threshold[] Hospitality = [E(300, 100, 10), R(10000, 2000, 100)];
    private static readonly Threshold[] Telecommunications = [E(2000, 100, 10), R(100000, 1000, 100)];
    private static readonly Threshold[] Software = [E(300, 100, 10), R(10000, 1000, 50)];
    private static readonly Threshold[] RealEstate = [R(200000, 1000, 100), A(10000, 5000, 2000)];
    private static readonly Threshold[] PropertyManagement = [E(1000, 300, 100), R(5000, 1000, 500)];
    private static readonly Threshold[] Leasing = [E(300, 100, 10), A(120000, 8000, 100)];
    private static readonly Threshold[] Other = [E(300, 100, 10)];

    /// <summary>The size, or null where a figure that decides is unknown.</summary>
    /// <remarks>Below any figure of the first column is no large one; medium and small need all of theirs.</remarks>
    public static EnterpriseSize? Of(Enterprise enterprise)
    {
        if (enterprise.IndustryCode is not { Length: > 0 } industry)
            return null;
        var thresholds = For(industry);
        decimal? Value(Threshold t) => t.Figure switch
        {
            Figure.Employees => enterprise.Employees,
            Figure.Revenue => enterprise.Revenue / 10_000m,
            _ => enterprise.TotalAssets / 10_000m,
        };
        bool? All(Func<Threshold, decimal> column)
        {
            bool? all = true;
            foreach (var threshold in thresholds)
            {
                if (Value(threshold) is not { } value)
                    all = all is false ? false : null;
                else if (value < column(threshold))
                    all = false;
            }
            return all;
        }
        // Each level asks for more than the one below, so the first that isn't refused decides, if it is known at all.
        if (All(t => t.Large) is not false and var large)
            return large is true ? EnterpriseSize.Large : null;
        if (All(t => t.Medium) is not false and var medium)
            return medium is true ? EnterpriseSize.Medium : null;
        if (All(t => t.Small) is not false and var small)
            return small is true ? EnterpriseSize.Small : null;
        return EnterpriseSize.Micro;
    }

    private static Threshold[] For(string industry)
    {
        var division = industry.Length >= 3 && int.TryParse(industry.AsSpan(1, 2), out var number) ? number : 0;
        return (industry[0], division) switch
        {
            ('A', _) => Agriculture,
            ('B' or 'C' or 'D', _) => Industry,
            ('E', _) => Construction,
            ('F', 51) => Wholesale,
            ('F', 52) => Retail,
            ('G', 59) => Storage,
            ('G', 60) => Post,
            // Railways aren't named among transport in the rules, so they fall under the rest.
            ('G', 53) => Other,
            ('G', _) => Transport,
            ('H', _) => Hospitality,
            ('I', 65) => Software,
            ('I', _) => Telecommunications,
            ('K', 70) when industry.StartsWith("K702", StringComparison.Ordinal) => PropertyManagement,
            ('K', 70) when industry.StartsWith("K701", StringComparison.Ordinal) => RealEstate,
            ('L', _) => Leasing,
            _ => Other,
        };
    }
}
