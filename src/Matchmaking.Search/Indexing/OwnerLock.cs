namespace Matchmaking.Search.Indexing;

// Keeps an index directory to one owner. The system frees the lock when the process ends, however it ends.
// Not Lucene.Net's NativeFSLockFactory: on Linux (4.8.0-beta00017) it takes a shared lock and deletes the file when done, so that
// two processes can write one index at a time.
internal static class OwnerLock
{
    private const string Name = "owner.lock";
    private const int WouldBlockOnLinux = 11;
    private const int WouldBlockOnMac = 35;
    private const int SharingViolationOnWindows = unchecked((int)0x80070020);

    // The file stays when it is released: deleting it would let a third process lock a new file beside the old one.
    public static IDisposable Take(string directory)
    {
        try
        {
            return new FileStream(Path.Combine(directory, Name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException failure)
            when (failure.HResult is WouldBlockOnLinux or WouldBlockOnMac or SharingViolationOnWindows)
        {
            throw new IndexInUseException(directory, failure);
        }
    }
}
