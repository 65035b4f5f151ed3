using Lucene.Net.Codecs;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Directory = Lucene.Net.Store.Directory;

namespace Matchmaking.Search.Indexing;

// What opening an index does to its files.
internal static class IndexFiles
{
    // Only files that Lucene made: somebody may have pointed us at the wrong directory.
    public static void Delete(Directory directory)
    {
        foreach (var file in directory.ListAll())
        {
            if (file.StartsWith('_') || file.StartsWith(IndexFileNames.SEGMENTS, StringComparison.Ordinal))
            {
                directory.DeleteFile(file);
            }
        }
    }

    // Readers open some files without looking at their ends; a file cut short would be found by a query much later.
    public static void CheckFooters(Directory directory, IndexCommit commit)
    {
        foreach (var file in commit.FileNames)
        {
            if (!file.StartsWith(IndexFileNames.SEGMENTS, StringComparison.Ordinal))
            {
                using var input = directory.OpenInput(file, IOContext.READ_ONCE);
                CodecUtil.RetrieveChecksum(input);
            }
        }
    }
}
