using Lucene.Net.Store;

namespace Matchmaking.Search.Tests;

// A directory on a disk with so much room left.
internal sealed class FillableDirectory(Lucene.Net.Store.Directory inner) : FilterDirectory(inner)
{
    public long Room { get; set; } = long.MaxValue;

    public override IndexOutput CreateOutput(string name, IOContext context)
    {
        Take(1);
        return new Output(this, base.CreateOutput(name, context));
    }

    private void Take(long bytes)
    {
        if (Room < bytes)
        {
            throw new IOException("No space left on device");
        }

        Room -= Room == long.MaxValue ? 0 : bytes;
    }

    private sealed class Output(FillableDirectory disk, IndexOutput inner) : IndexOutput
    {
        public override long Checksum => inner.Checksum;

        public override void WriteByte(byte b)
        {
            disk.Take(1);
            inner.WriteByte(b);
        }

        public override void WriteBytes(byte[] b, int offset, int length)
        {
            disk.Take(length);
            inner.WriteBytes(b, offset, length);
        }

        public override void Flush() => inner.Flush();

        public override long Position => inner.Position;

        [Obsolete("As in the class it overrides.")]
        public override void Seek(long pos) => inner.Seek(pos);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }
        }
    }
}
