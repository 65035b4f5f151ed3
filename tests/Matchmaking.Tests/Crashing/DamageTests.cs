using Matchmaking.Tests.Crashing.Drill;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Matchmaking.Tests.Crashing;

[Collection(Processes.Name)]
public sealed class DamageTests
{
    [Fact]
    public async Task A_lost_or_damaged_index_is_built_anew_and_answers_as_before()
    {
        using var place = new TemporaryPlace();
        InventedPatents.Write(Path.Combine(place.Path, "patents.csv"), 300, 5);
        Assert.Equal(2, (await BuiltProgram.RunAsync(place.Path, null, "import", "patents", "patents.csv", "--data", place.Data)).ExitCode);
        string before;
        await using (var service = await ServingProgram.StartAsync(place.Data))
        {
            before = await Answers.CollectAsync(service);
            Assert.DoesNotContain("built anew", service.Program.Written, StringComparison.Ordinal);
            Assert.Equal(0, await service.StopAsync());
        }
        var index = Path.Combine(place.Data, "index");
        var patents = Path.Combine(index, "patents");

        Directory.Delete(index, recursive: true);
        Assert.Equal(before, await AnswersAsync(place, null));

        Cut(Largest(patents));
        Assert.Equal(before, await AnswersAsync(place, "has to be rebuilt"));

        Flip(Largest(patents), 0.5);
        Assert.Equal(before, await AnswersAsync(place, "checksum"));

        // An older copy of the store is put back: the index knows things that it doesn't.
        await using (var store = new SqliteConnection($"Data Source={Path.Combine(place.Data, "matchmaking.db")};Pooling=False"))
        {
            await store.OpenAsync();
            await using var back = store.CreateCommand();
            back.CommandText = "DELETE FROM changes WHERE position > (SELECT max(position) - 1 FROM changes); UPDATE feed_head SET position = position - 1;";
            await back.ExecuteNonQueryAsync();
        }
        await AnswersAsync(place, "the store at");
    }

    private static async Task<string> AnswersAsync(TemporaryPlace place, string? because)
    {
        await using var service = await ServingProgram.StartAsync(place.Data);
        if (because is not null)
        {
            var said = await service.Program.SaysAsync("The index is built anew: ");
            Assert.Contains(because, said, StringComparison.OrdinalIgnoreCase);
        }
        var answers = await Answers.CollectAsync(service);
        Assert.Equal(0, await service.StopAsync());
        return answers;
    }

    private static string Largest(string directory) => new DirectoryInfo(directory).GetFiles("_*").MaxBy(f => f.Length)!.FullName;

    private static void Cut(string file)
    {
        using var stream = File.OpenWrite(file);
        stream.SetLength(stream.Length * 2 / 3);
    }

    private static void Flip(string file, double where)
    {
        var bytes = File.ReadAllBytes(file);
        bytes[(int)(bytes.Length * where)] ^= 0x10;
        File.WriteAllBytes(file, bytes);
    }
}
