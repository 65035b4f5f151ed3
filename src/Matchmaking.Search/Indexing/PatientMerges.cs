using Lucene.Net.Index;

namespace Matchmaking.Search.Indexing;

// Merges in the thread that writes, so that a failure reaches the caller (Lucene's own threads would end the process), but never
// while a commit is under way: what was committed is seen first and tidied up when nobody waits.
internal sealed class PatientMerges : MergeScheduler
{
    public bool Hold { get; set; }

    public override void Merge(IndexWriter writer, MergeTrigger trigger, bool newMergesFound)
    {
        while (!Hold && writer.GetNextMerge() is { } merge)
        {
            writer.Merge(merge);
        }
    }

    // One index has one scheduler; a writer that is opened anew gets one of its own.
    public override object Clone() => new PatientMerges();

    protected override void Dispose(bool disposing)
    {
    }
}
