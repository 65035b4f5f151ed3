using System.IO.Compression;
using System.Text;
using CsCheck;
using Matchmaking.Search.Associations;

namespace Matchmaking.Search.Tests.Associations;

public sealed class AssociationTableTests
{
    [Fact]
    public void What_is_written_is_read_again() =>
        Gen.Select(Gen.String[Gen.Char['a', 'z'], 1, 5].HashSet[1, 20], Gen.Int[0, int.MaxValue]).Sample((words, seed) =>
        {
            var table = Invented([.. words], seed);
            using var file = new MemoryStream();
            table.Write(file);
            file.Position = 0;
            var read = AssociationTable.Read(file);
            Assert.Equal((table.Version, table.Origin, table.Count), (read.Version, read.Origin, read.Count));
            foreach (var word in words)
            {
                var (row, again) = (table.Find(word), read.Find(word));
                Assert.Equal(word, read.Word(again));
                Assert.Equal(table.Rarity(row), read.Rarity(again));
                Assert.Equal(table.Closeness(row, 0), read.Closeness(again, 0));
                Assert.InRange(read.Closeness(again, again), 0.999, 1.001);
            }
        }, iter: 50);

    [Fact]
    public void A_damaged_or_foreign_file_is_refused()
    {
        using var file = new MemoryStream();
        Invented(["电缆", "铺设"], 1).Write(file);
        var bytes = file.ToArray();
        foreach (var length in new[] { 0, 3, bytes.Length / 2, bytes.Length - 1 })
        {
            Refused(bytes[..length]);
        }

        Refused("no packed file"u8.ToArray());
        Refused(Packed(writer => writer.Write("associations 0")));
        Refused(Packed(writer =>
        {
            writer.Write("associations 1");
            writer.Write(128);
        }));
        Refused(Packed(writer =>
        {
            writer.Write("associations 1");
            writer.Write(AssociationTable.Dimensions);
            writer.Write("an origin");
            writer.Write(-1);
        }));
        Assert.Throws<ArgumentException>(() => new AssociationTable("", ["a"], [1, 2], new sbyte[AssociationTable.Dimensions]));
        Assert.Throws<ArgumentException>(() => new AssociationTable("", ["a"], [1], new sbyte[3]));
    }

    [Fact]
    public void The_version_changes_with_anything_that_counts()
    {
        var version = Invented(["电缆", "铺设"], 1).Version;
        Assert.NotEqual(version, Invented(["电缆", "敷设"], 1).Version);
        Assert.NotEqual(version, Invented(["电缆", "铺设"], 2).Version);
        Assert.NotEqual(version, Invented(["电缆", "铺设"], 1, rarity: 2.5f).Version);
    }

    // Words with directions by chance.
    internal static AssociationTable Invented(string[] words, int seed, float rarity = 2)
    {
        var values = new byte[words.Length * AssociationTable.Dimensions];
        new Random(seed).NextBytes(values);
        return new("invented", words, [.. words.Select((_, i) => rarity + (i % 3))], [.. values.Select(value => (sbyte)(value % 120 - 60))]);
    }

    private static void Refused(byte[] bytes) => Assert.Throws<InvalidDataException>(() => AssociationTable.Read(new MemoryStream(bytes)));

    private static byte[] Packed(Action<BinaryWriter> write)
    {
        using var file = new MemoryStream();
        using (var writer = new BinaryWriter(new BrotliStream(file, CompressionLevel.Fastest, leaveOpen: true), Encoding.UTF8))
        {
            write(writer);
        }

        return file.ToArray();
    }
}
