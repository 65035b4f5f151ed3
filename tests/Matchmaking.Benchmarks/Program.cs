using Matchmaking.Benchmarks;
using Matchmaking.Benchmarks.Crash;
using Matchmaking.Benchmarks.Fuzz;
using Matchmaking.Benchmarks.Relevance;
using Matchmaking.Benchmarks.Reverse;
using Matchmaking.Benchmarks.Subscribers;
using Matchmaking.Benchmarks.Throughput;

// Each verb is one file here.
return args switch
{
    ["segmentation", ..] => SegmentationBenchmark.Run(),
    ["relevance", .. var options] => await RelevanceVerb.RunAsync(options),
    ["learn", .. var options] => await LearnVerb.RunAsync(options),
    ["thresholds", ..] => await ThresholdVerb.RunAsync(),
    ["crash", .. var options] => await CrashVerb.RunAsync(options),
    ["follow", .. var options] => await FollowVerb.RunAsync(options),
    ["subscribers", .. var options] => await SubscribersVerb.RunAsync(options),
    ["reverse", .. var options] => await ReverseVerb.RunAsync(options),
    ["fuzz", .. var options] => await FuzzVerb.RunAsync(options),
    ["throughput", .. var options] => await ThroughputVerb.RunAsync(options),
    // One of the servers that throughput measures, in a process of its own.
    ["throughput-host", var kind] => await ThroughputHost.RunAsync(kind),
    ["lexicon", ..] => LexiconVerb.Run(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("benchmarks: segmentation | relevance [--needs FILE --patents FILE --judgements FILE --save RUN --against RUN] [--data DIRECTORY] | learn (--needs FILE --patents FILE --judgements FILE | --data DIRECTORY) | thresholds | crash [--kills N --rows N --seed N] | follow [--kills N --seed N] | subscribers [--connected N --matching N --rounds N --warm-up N] | reverse [--needs N --stock N --patents N --sample N --threshold N --seed N] | fuzz [--requests N --seed N --connections N] | throughput [--seconds N --rounds N --warm-up N --connections N --only OPERATION] | lexicon (rebuilds the embedded dictionary from data-seeds/lexicon)");
    return 1;
}
