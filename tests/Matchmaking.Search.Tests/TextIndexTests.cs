using Lucene.Net.Store;
using Matchmaking.Search.Indexing;
using Matchmaking.Search.Ranking;
using File = System.IO.File;

namespace Matchmaking.Search.Tests;

public sealed class TextIndexTests : IDisposable
{
    private static readonly WeightedQuery s_battery = new([new(IndexTerm.Word("电池"), 1, [])]);

    private readonly string _path = System.IO.Directory.CreateTempSubdirectory("index").FullName;

    public void Dispose() => System.IO.Directory.Delete(_path, recursive: true);

    [Fact]
    public void A_new_index_is_empty_and_stands_at_position_0()
    {
        using var index = Open();
        using var snapshot = index.Acquire();
        Assert.Equal(0, index.Position);
        Assert.Equal(0, snapshot.Statistics.Documents);
        Assert.Equal(0, snapshot.Rank(s_battery, null, 10).Total);
    }

    [Fact]
    public void Commits_last_and_what_was_not_committed_does_not()
    {
        using (var index = Open())
        {
            index.Put(Samples.Document(1, "电池"));
            index.Commit(7);
            index.Put(Samples.Document(2, "电池"));
        }

        using var again = Open();
        using var snapshot = again.Acquire();
        Assert.Equal(7, again.Position);
        Assert.Equal(7, snapshot.Position);
        Assert.Equal([Samples.Key(1)], snapshot.Rank(s_battery, null, 10).Hits.Select(hit => hit.Key));
    }

    [Fact]
    public void A_position_can_be_committed_without_changes()
    {
        using (var index = Open())
        {
            index.Commit(41);
            Assert.Equal(41, index.Position);
        }

        using var again = Open();
        Assert.Equal(41, again.Position);
    }

    [Fact]
    public void A_snapshot_keeps_what_it_saw()
    {
        using var index = Open();
        index.Put(Samples.Document(1, "电池"));
        index.Commit(1);
        using var before = index.Acquire();
        index.Put(Samples.Document(1, "水泥"));
        index.Put(Samples.Document(2, "钢"));
        index.Commit(2);
        using var after = index.Acquire();

        Assert.Equal(1, before.Rank(s_battery, null, 10).Total);
        Assert.Equal(0, after.Rank(s_battery, null, 10).Total);
        Assert.Equal(1, before.Statistics.Documents);
        Assert.Equal(2, after.Statistics.Documents);
    }

    [Fact]
    public void Two_owners_are_one_too_many()
    {
        using var index = Open();
        var failure = Assert.Throws<IndexInUseException>(Open);
        Assert.Equal(_path, failure.Directory);
    }

    [Fact]
    public void Another_schema_asks_for_a_rebuild()
    {
        using (var index = Open())
        {
            index.Put(Samples.Document(1, "电池"));
            index.Commit(5);
        }

        Assert.Throws<IndexDamagedException>(() => TextIndex.Open(_path, Samples.MakeSchema("words 2"), Samples.Analyzer));
        using var rebuilt = TextIndex.Recreate(_path, Samples.MakeSchema("words 2"), Samples.Analyzer);
        using var snapshot = rebuilt.Acquire();
        Assert.Equal(0, rebuilt.Position);
        Assert.Equal(0, snapshot.Statistics.Documents);
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("empty")]
    [InlineData("missing")]
    [InlineData("noise")]
    public void Any_damaged_file_asks_for_a_rebuild(string damage)
    {
        using (var index = Open())
        {
            for (var i = 0; i < 50; i++)
            {
                index.Put(Samples.Document(i, "电池 石墨烯", "散热 薄膜").AddTag("holder", "甲").SetNumber("year", i));
            }

            index.Commit(5);
        }

        foreach (var file in System.IO.Directory.GetFiles(_path).Where(file => Path.GetFileName(file)[0] is '_' or 's'))
        {
            if (Path.GetFileName(file) == "segments.gen")
            {
                continue;
            }

            var good = File.ReadAllBytes(file);
            Damage(file, good, damage);
            if (damage == "missing" && Path.GetFileName(file).StartsWith("segments_", StringComparison.Ordinal))
            {
                // Without any commit there is no index: an empty one is made, and the feed fills it from position 0.
                File.WriteAllBytes(file, good);
                continue;
            }

            Assert.Throws<IndexDamagedException>(() =>
            {
                using var index = Open();
                index.Verify();
            });
            File.WriteAllBytes(file, good);
        }

        using var whole = Open();
        whole.Verify();
        Assert.Equal(5, whole.Position);
    }

    [Fact]
    public void A_full_disk_leaves_the_last_commit_and_the_index_goes_on()
    {
        var disk = new FillableDirectory(new RAMDirectory());
        using var index = Samples.Build(disk, [Samples.Document(1, "电池")]);
        foreach (var room in Enumerable.Range(0, 60).Select(i => i * 50))
        {
            disk.Room = room;
            Assert.Throws<IndexWriteException>(() =>
            {
                for (var i = 2; i < 100; i++)
                {
                    index.Put(Samples.Document(i, "电池 薄膜"));
                }

                index.Commit(2);
            });
            Assert.Equal(1, index.Position);
            using var snapshot = index.Acquire();
            Assert.Equal(1, snapshot.Rank(s_battery, null, 10).Total);
        }

        disk.Room = long.MaxValue;
        index.Put(Samples.Document(2, "电池"));
        index.Commit(2);
        using var later = index.Acquire();
        Assert.Equal(2, later.Rank(s_battery, null, 10).Total);
    }

    [Fact]
    public void Tidying_up_leaves_fewer_pieces_and_the_same_index()
    {
        using var index = Open();
        for (var i = 1; i <= 60; i++)
        {
            index.Put(Samples.Document(i, i % 3 == 0 ? "电池 薄膜" : "电池"));
            index.Commit(i);
        }

        using var before = index.Acquire();
        index.Tidy();
        using var after = index.Acquire();
        Assert.Equal(60, before.Segments.Count);
        Assert.InRange(after.Segments.Count, 1, 30);
        Assert.Equal(60, after.Position);
        Assert.Equal(before.Rank(s_battery, null, 60).Hits, after.Rank(s_battery, null, 60).Hits);

        // What isn't committed yet isn't committed by it.
        index.Put(Samples.Document(61, "电池"));
        index.Tidy();
        using var later = index.Acquire();
        Assert.Equal(60, later.Rank(s_battery, null, 100).Total);
    }

    [Fact]
    public void Tidying_up_on_a_full_disk_loses_nothing()
    {
        var disk = new FillableDirectory(new RAMDirectory());
        using var index = Samples.Build(disk, [Samples.Document(1, "电池")]);
        for (var i = 2; i <= 40; i++)
        {
            index.Put(Samples.Document(i, "电池"));
            index.Commit(i);
        }

        disk.Room = 100;
        index.Tidy();
        Assert.Throws<IndexWriteException>(() => index.Put(Samples.Document(41, "电池")));
        disk.Room = long.MaxValue;
        index.Put(Samples.Document(41, "电池"));
        index.Commit(41);
        index.Tidy();
        using var later = index.Acquire();
        Assert.Equal(41, later.Rank(s_battery, null, 100).Total);
    }

    [Fact]
    public async Task Readers_and_a_writer_keep_out_of_each_others_way()
    {
        using var index = Open();
        var writer = Task.Run(() =>
        {
            for (var i = 1; i <= 60; i++)
            {
                index.Put(Samples.Document(i, "电池"));
                index.Commit(i);
                index.Tidy();
            }
        });
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            while (!writer.IsCompleted)
            {
                using var snapshot = index.Acquire();
                Assert.Equal(snapshot.Position, snapshot.Rank(s_battery, null, 10).Total);
            }
        }));
        await Task.WhenAll(readers.Append(writer));
        Assert.Equal(60, index.Position);
    }

    [Fact]
    public void A_field_that_is_not_in_the_schema_is_named()
    {
        using var index = Open();
        var failure = Assert.Throws<ArgumentException>(() => index.Put(new TextDocument(Samples.Key(1)).AddText("colour", "红")));
        Assert.Contains("\"colour\"", failure.Message, StringComparison.Ordinal);
    }

    private static void Damage(string file, byte[] good, string damage)
    {
        switch (damage)
        {
            case "cut":
                File.WriteAllBytes(file, good[..(good.Length / 2)]);
                break;
            case "empty":
                File.WriteAllBytes(file, []);
                break;
            case "missing":
                File.Delete(file);
                break;
            default:
                var bad = (byte[])good.Clone();
                for (var i = bad.Length / 3; i < bad.Length * 2 / 3; i++)
                {
                    bad[i] ^= 0x5A;
                }

                File.WriteAllBytes(file, bad);
                break;
        }
    }

    private TextIndex Open() => TextIndex.Open(_path, Samples.Schema, Samples.Analyzer);
}
