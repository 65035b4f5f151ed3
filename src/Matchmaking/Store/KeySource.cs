using System.Buffers.Binary;

namespace Matchmaking.Store;

/// <summary>Makes keys: UUIDv7 (RFC 9562), each greater than the one before, so that the order of keys is the order of making.</summary>
/// <remarks>Safe for many threads. The 12 bits behind the milliseconds count within one; where the clock is set back or the count
/// runs over, the time part runs on by itself. Two processes' keys are apart by 62 random bits.</remarks>
public sealed class KeySource(TimeProvider clock, Random? random = null)
{
    private readonly Random _random = random ?? Random.Shared;
    private readonly Lock _lock = new();
    private long _last;
    private int _count;

    public Guid Next()
    {
        Span<byte> bytes = stackalloc byte[16];
        lock (_lock)
        {
            var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
            if (now > _last)
                (_last, _count) = (now, 0);
            else if (++_count > 0xFFF)
                (_last, _count) = (_last + 1, 0);
            BinaryPrimitives.WriteInt64BigEndian(bytes, _last << 16);
            BinaryPrimitives.WriteUInt16BigEndian(bytes[6..], (ushort)(0x7000 | _count));
            _random.NextBytes(bytes[8..]);
        }
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes, bigEndian: true);
    }
}
