using System.Buffers;

namespace Matchmaking.Transport.Subscriptions;

/// <summary>A message while it is written or read: bytes in a rented array, which goes back when the message is gone.</summary>
internal sealed class MessageBuffer : Stream
{
    private byte[] _bytes = [];
    private int _count;

    /// <summary>What has been written.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _count);

    /// <summary>Room for at least this many bytes more.</summary>
    public Memory<byte> Room(int least)
    {
        if (_bytes.Length - _count < least)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_count + least, _count * 2));
            Written.CopyTo(larger);
            Return();
            _bytes = larger;
        }
        return _bytes.AsMemory(_count);
    }

    /// <summary>Keeps bytes that were put into <see cref="Room"/>.</summary>
    public void Advance(int count) => _count += count;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        buffer.CopyTo(Room(buffer.Length).Span);
        _count += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return default;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Write(buffer.AsSpan(offset, count));
        return Task.CompletedTask;
    }

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _count;

    public override long Position { get => _count; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        Return();
        (_bytes, _count) = ([], 0);
        base.Dispose(disposing);
    }

    private void Return()
    {
        if (_bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(_bytes);
    }
}
