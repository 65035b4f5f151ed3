namespace Matchmaking.Recommendations;

/// <summary>One answer of a need, and what it was given to.</summary>
/// <param name="NeedVersion">What mattered of the need then.</param>
/// <param name="PatentVersion">What mattered of the patent then.</param>
/// <param name="Patent">The patent, with the offer as it was then.</param>
internal sealed record Answer(RecommendationState Verdict, DeclineReason? Reason, DateTime GivenAt, long NeedVersion, long PatentVersion, PatentFacts Patent);

/// <summary>What a need's answers make of a pair.</summary>
/// <param name="HeldBecause">Why it isn't told at all, whatever its score; null where it may be.</param>
internal sealed record Adjusted(Adjustment Adjustment, string? HeldBecause)
{
    public static readonly Adjusted Unchanged = new(Adjustment.None, null);

    /// <summary>What decides the order, and against the threshold whether it is told.</summary>
    /// <remarks>A boost moves a match before others; it lets none in that its score alone wouldn't.</remarks>
    public double Order(double score) => Math.Clamp(score + Adjustment.Points, 0, 100);

    public bool IsTold(double score, double threshold) => HeldBecause is null && score >= threshold && Order(score) >= threshold;
}

/// <summary>What answers to former recommendations change about the next: a pure function of a need's answers, the pair and the time.</summary>
/// <remarks>
/// The score itself, that of <c>match</c>, stays what need, patent and statistics make it; this stands beside it.
/// An answer fades by half in 90 days and is forgotten after two years, and of several about one patent the last counts. Points by what was answered, for
/// another patent of the same holder or class, and whether the patent itself and its family (the same) are held back:
/// <list type="table">
/// <item>INTERESTED: +4 a shared holder, +4 a shared IPC subclass, at most +10; the same is told again when it changes, +10.</item>
/// <item>NOT_RELEVANT: −3 a shared holder, −8 a shared subclass, at most −30; the same is held as long as the need stays as it is, then −20.</item>
/// <item>TOO_EARLY: −10 where the readiness is no higher, at most −20; the same is held until its readiness rises.</item>
/// <item>PRICE: no points; the same is held until it is cheaper, or its price is another matter (named, or no longer).</item>
/// <item>MODE_NOT_OFFERED: no points; the same is held until it offers other modes.</item>
/// <item>BENEFIT_UNCLEAR, ROUTE_UNCLEAR, DESCRIPTION_UNCLEAR: the same is held until it changes, then −10.</item>
/// <item>ALREADY_SOLVED: everything is held until the need changes.</item>
/// </list>
/// The points are ours, small beside a threshold of 60: an answer shifts places, four of a kind close a class. They await judged answers to be calibrated on.
/// </remarks>
internal static class Adjusting
{
    public const double MostBoost = 10;
    public const double MostPenalty = -60;
    public static readonly TimeSpan HalfLife = TimeSpan.FromDays(90);
    public static readonly TimeSpan Memory = TimeSpan.FromDays(730);

    public static Adjusted Of(IReadOnlyCollection<Answer> answers, long needVersion, long patentVersion, PatentFacts patent, DateTime now)
    {
        if (answers.Count == 0)
            return Adjusted.Unchanged;
        var (interested, irrelevant, early, unclear) = (new Part(), new Part(), new Part(), new Part());
        foreach (var answer in answers.GroupBy(a => a.Patent.Id).Select(Last).Where(a => now - a.GivenAt < Memory))
        {
            if (answer.Reason == DeclineReason.AlreadySolved && answer.NeedVersion == needVersion)
                return Held("该需求已答复“已解决”，需求变更后再推荐");
            var same = answer.Patent.Id == patent.Id || answer.Patent.Kin.IsOf(patent.Kin);
            if (same && HeldBecause(answer, needVersion, patentVersion, patent) is { } because)
                return Held(because);
            var weight = Math.Pow(0.5, Math.Max(0, (now - answer.GivenAt) / HalfLife));
            var (holder, subclass) = (answer.Patent.HolderId is not null && answer.Patent.HolderId == patent.HolderId, answer.Patent.Subclasses.Intersect(patent.Subclasses, StringComparer.Ordinal).Any());
            switch (answer.Verdict, answer.Reason)
            {
                case (RecommendationState.Interested, _):
                    interested.Add(weight * (same ? 10 : (holder ? 4 : 0) + (subclass ? 4 : 0)));
                    break;
                case (_, DeclineReason.NotRelevant):
                    irrelevant.Add(-weight * (same ? 20 : (holder ? 3 : 0) + (subclass ? 8 : 0)));
                    break;
                case (_, DeclineReason.TooEarly) when !same && patent.Offer.Readiness <= answer.Patent.Offer.Readiness:
                    early.Add(-weight * 10);
                    break;
                case (_, DeclineReason.BenefitUnclear or DeclineReason.RouteUnclear or DeclineReason.DescriptionUnclear) when same:
                    unclear.Add(-weight * 10);
                    break;
            }
        }
        var components = new List<AdjustmentComponent>(4);
        interested.Into(components, "interested", MostBoost, n => $"{n}件同一专利权人、同一技术领域或同族的专利曾答复“感兴趣”");
        irrelevant.Into(components, "notRelevant", -30, n => $"{n}件同一专利权人、同一技术领域或同族的专利曾答复“不相关”");
        early.Into(components, "tooEarly", -20, n => $"{n}件技术就绪度不低于它的专利曾答复“成熟度不足”");
        unclear.Into(components, "unclear", -10, _ => "该专利或其同族曾答复“说不清、看不懂”，其后有变化");
        return components.Count == 0 ? Adjusted.Unchanged : new Adjusted(new Adjustment(components), null);
    }

    /// <summary>Why a patent that was answered, or one of its family, isn't told again as it is; null where it may be.</summary>
    private static string? HeldBecause(Answer answer, long needVersion, long patentVersion, PatentFacts patent)
    {
        var (then, now) = (answer.Patent.Offer, patent.Offer);
        return answer.Reason switch
        {
            DeclineReason.NotRelevant when answer.NeedVersion == needVersion => "该专利或其同族曾答复“不相关”，需求变更后再推荐",
            DeclineReason.TooEarly when !(now.Readiness > (then.Readiness ?? 0)) => "该专利或其同族曾答复“成熟度不足”，技术就绪度提高后再推荐",
            DeclineReason.Price when now.AskingPrice == then.AskingPrice || now.AskingPrice > then.AskingPrice => "该专利或其同族曾答复“价格过高”，价格下降后再推荐",
            DeclineReason.ModeNotOffered when now.Modes == then.Modes => "该专利或其同族曾答复“转化方式不符”，转化方式变更后再推荐",
            DeclineReason.BenefitUnclear or DeclineReason.RouteUnclear or DeclineReason.DescriptionUnclear
                when answer.Patent.Id != patent.Id || answer.PatentVersion == patentVersion => "该专利或其同族曾答复“说不清、看不懂”，专利变更后再推荐",
            _ => null,
        };
    }

    private static Answer Last(IEnumerable<Answer> answers) => answers.OrderBy(a => a.GivenAt).ThenBy(a => a.NeedVersion).ThenBy(a => a.PatentVersion).ThenBy(a => a.Verdict).ThenBy(a => a.Reason).Last();

    private static Adjusted Held(string because) => new(Adjustment.None, because);

    /// <summary>What one kind of answer adds up to.</summary>
    private sealed class Part
    {
        private readonly List<double> _points = [];

        public void Add(double points)
        {
            if (points != 0)
                _points.Add(points);
        }

        public void Into(List<AdjustmentComponent> components, string name, double bound, Func<int, string> detail)
        {
            // Summed in order of size: the same bits whatever the order of the answers.
            var sum = _points.Order().Sum();
            var points = Math.Round(bound > 0 ? Math.Min(sum, bound) : Math.Max(sum, bound), 2);
            if (points != 0)
                components.Add(new AdjustmentComponent(name, points, detail(_points.Count)));
        }
    }
}
