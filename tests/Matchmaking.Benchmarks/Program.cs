using Matchmaking.Benchmarks;
using Matchmaking.Benchmarks.Crash;
using Matchmaking.Benchmarks.Fuzz;
using Matchmaking.Benchmarks.Relevance;

// Each verb is one file here.
return args switch
{
    ["segmentation", ..] => SegmentationBenchmark.Run(),
    ["relevance", .. var options] => await RelevanceVerb.RunAsync(options),
    ["thresholds", ..] => await ThresholdVerb.RunAsync(),
    ["crash", .. var options] => await CrashVerb.RunAsync(options),
    ["fuzz", .. var options] => await FuzzVerb.RunAsync(options),
    ["lexicon", ..] => LexiconVerb.Run(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("benchmarks: segmentation | relevance [--needs FILE --patents FILE --judgements FILE] | thresholds | crash [--kills N --rows N --seed N] | fuzz [--requests N --seed N --connections N] | lexicon (rebuilds the embedded dictionary from data-seeds/lexicon)");
    return 1;
}
