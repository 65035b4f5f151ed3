using Matchmaking.Search.Analysis;
using Matchmaking.Search.Associations;

namespace Matchmaking.Search.Tests.Associations;

// Twenty-two subjects with words of their own, learned from texts of one subject each: what keeps company must lie close.
public sealed class AssociationLearnerTests
{
    private const int Subjects = 22;
    private const int WordsOfEach = 25;

    // Words of all subjects, as real texts have them: in the direction of these all words agree, and it is left out.
    private static readonly string[] s_common = ["device", "process", "assembly", "structure"];

    private static readonly Lazy<AssociationTable> s_learned = new(() => Learn(Texts()));

    [Fact]
    public void Words_of_one_subject_lie_closer_than_words_of_two()
    {
        var table = s_learned.Value;
        Assert.Equal("invented subjects", table.Origin);
        for (var subject = 0; subject < Subjects; subject++)
        {
            var own = Close(table, Word(subject, 0), Word(subject, 1));
            var other = Close(table, Word(subject, 0), Word((subject + 1) % Subjects, 1));
            Assert.True(own > other + 0.2, $"subject {subject}: {own} within, {other} without");
        }

        Assert.All(table.Near(Word(3, 4), 5), near => Assert.StartsWith(Word(3, 4)[..2], near.Word, StringComparison.Ordinal));
        Assert.Empty(table.Near("unheard", 5));
    }

    [Fact]
    public void A_character_lies_near_the_words_that_it_stands_in()
    {
        var table = s_learned.Value;
        var (near, far) = (Close(table, $"{TextTokens.CharacterMark}设", "敷设"), Close(table, $"{TextTokens.CharacterMark}设", "面包"));
        Assert.True(near > far + 0.2, $"{near} to 敷设, {far} to 面包");
        Assert.DoesNotContain(table.Near("敷设", table.Count), near => near.Word[0] == TextTokens.CharacterMark);
    }

    [Fact]
    public void The_same_texts_give_the_same_table() => Assert.Equal(s_learned.Value.Version, Learn(Texts()).Version);

    [Fact]
    public void What_was_counted_before_counts_as_if_it_were_read_again()
    {
        string[] texts = [.. Texts()];
        var first = new AssociationLearner();
        foreach (var text in texts)
        {
            first.Add(text);
        }

        using var file = new MemoryStream();
        first.Count("invented subjects").Write(file);
        file.Position = 0;
        var counts = AssociationCounts.Read(file);
        Assert.Equal(("invented subjects", texts.Length), (counts.Origin, counts.Texts));

        var second = new AssociationLearner(counts);
        Assert.Equal(s_learned.Value.Version, second.Learn("").Version);
        second.Add("敷设 unheard unheard unheard");
        Assert.Equal(1, second.Texts);
        var twice = new AssociationLearner();
        foreach (var text in texts.Append("敷设 unheard unheard unheard"))
        {
            twice.Add(text);
        }

        Assert.Equal(twice.Learn("").Version, second.Learn("").Version);
    }

    [Fact]
    public void Damaged_or_foreign_counts_are_refused()
    {
        var learner = new AssociationLearner();
        learner.Add("敷设电缆，敷设电缆，敷设电缆");
        using var file = new MemoryStream();
        learner.Count("three times").Write(file);
        var bytes = file.ToArray();
        foreach (var length in new[] { 0, 3, bytes.Length / 2, bytes.Length - 1 })
        {
            Assert.Throws<InvalidDataException>(() => AssociationCounts.Read(new MemoryStream(bytes[..length])));
        }

        Assert.Throws<InvalidDataException>(() => AssociationCounts.Read(new MemoryStream("no packed file"u8.ToArray())));
    }

    [Fact]
    public void A_class_lies_near_the_words_of_its_texts_and_is_no_word()
    {
        AssociationLearner Read(AssociationCounts? before)
        {
            var learner = new AssociationLearner(before);
            foreach (var (i, text) in Texts().Index())
            {
                learner.Add(text, i < 60 * Subjects ? [$"C{i % Subjects:00}", $"C{i % Subjects:00}"] : []);
            }

            return learner;
        }

        var table = Read(null).Learn("");
        for (var subject = 0; subject < Subjects; subject++)
        {
            var direction = new double[AssociationTable.Dimensions];
            table.Add(table.Find(Word(subject, 2)), 1, direction);
            table.Add(table.Find(Word(subject, 7)), 1, direction);
            var (nearest, share) = table.Classes(Meaning.Whole(direction)!, 3)[0];
            Assert.Equal(($"C{subject:00}", 1.0), (nearest, share));
        }

        Assert.DoesNotContain(table.Near("敷设", table.Count), near => near.Word.Contains('C', StringComparison.Ordinal));
        Assert.Empty(s_learned.Value.Classes(Meaning.Whole(Enumerable.Repeat(1.0, AssociationTable.Dimensions).ToArray())!, 3));

        // What was counted before keeps its classes.
        using var file = new MemoryStream();
        Read(null).Count("").Write(file);
        file.Position = 0;
        Assert.Equal(table.Version, new AssociationLearner(AssociationCounts.Read(file)).Learn("").Version);
    }

    [Fact]
    public void Rarer_words_count_more_and_characters_less_than_words_as_rare()
    {
        var table = s_learned.Value;
        double Rarity(string word) => table.Rarity(table.Find(word));
        Assert.True(Rarity("面包") > Rarity(s_common[0]));
        Assert.Equal(0.3 * Rarity("面包"), Rarity($"{TextTokens.CharacterMark}包"), 1e-5);
    }

    [Fact]
    public void Too_little_text_is_said_to_be_too_little()
    {
        var learner = new AssociationLearner();
        Assert.True(learner.Add("敷设电缆"));
        Assert.True(learner.Add(null));
        Assert.Equal((1, 2), (learner.Texts, learner.Tokens));
        Assert.Contains("too little text", Assert.Throws<InvalidOperationException>(() => learner.Learn("nothing")).Message, StringComparison.Ordinal);
    }

    private static double Close(AssociationTable table, string word, string other) => table.Closeness(table.Find(word), table.Find(other));

    private static AssociationTable Learn(IEnumerable<string> texts)
    {
        var learner = new AssociationLearner();
        foreach (var text in texts)
        {
            Assert.True(learner.Add(text));
        }

        return learner.Learn("invented subjects");
    }

    private static string Word(int subject, int word) => $"{(char)('a' + (subject / 26))}{(char)('a' + (subject % 26))}{(char)('a' + word)}x";

    private static IEnumerable<string> Texts()
    {
        var random = new Random(7);
        for (var text = 0; text < 60 * Subjects; text++)
        {
            yield return string.Join(' ', Enumerable.Range(0, 8).Select(_ => Word(text % Subjects, random.Next(WordsOfEach))).Prepend(s_common[text % 4]).Append(s_common[text % 3]));
        }

        // Two that share a character and a subject, and one of another.
        for (var text = 0; text < 20; text++)
        {
            yield return $"敷设电缆 {Word(0, text)} {Word(0, text + 3)} {s_common[text % 4]}";
            yield return $"铺设光缆 {Word(0, text + 1)} {Word(0, text + 2)} {s_common[text % 3]}";
            yield return $"烘焙面包 {Word(1, text)} {Word(1, text + 2)} {s_common[text % 4]}";
        }
    }
}
