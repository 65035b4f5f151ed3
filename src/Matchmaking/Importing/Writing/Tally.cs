using Matchmaking.Importing.Reading;

namespace Matchmaking.Importing.Writing;

/// <summary>What became of the rows of one batch.</summary>
internal sealed class Tally
{
    public long Added { get; set; }

    public long Updated { get; set; }

    public long Unchanged { get; set; }

    public List<Reject> Rejects { get; } = [];

    public Dictionary<string, long> Notes { get; } = new(StringComparer.Ordinal);

    public void Note(string what) => Notes[what] = Notes.GetValueOrDefault(what) + 1;

    public void Count(bool added, bool changed)
    {
        if (added)
            Added++;
        else if (changed)
            Updated++;
        else
            Unchanged++;
    }
}
