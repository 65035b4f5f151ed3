using Matchmaking.Benchmarks;

// Each verb is one file here.
return args switch
{
    ["segmentation", ..] => SegmentationBenchmark.Run(),
    ["lexicon", ..] => LexiconVerb.Run(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("benchmarks: segmentation | lexicon (rebuilds the embedded dictionary from data-seeds/lexicon)");
    return 1;
}
