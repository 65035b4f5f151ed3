namespace Matchmaking.Search.Analysis;

/// <summary>Reads the files of data-seeds/lexicon that are built into this assembly.</summary>
internal static class SeedTable
{
    /// <summary>Opens a file.</summary>
    public static Stream Open(string file)
    {
        string resource = $"Matchmaking.Search.Lexicon.{file}";
        return typeof(SeedTable).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The resource {resource} is missing.");
    }

    /// <summary>The rows of <paramref name="file"/>; empty lines and lines that begin with # are left out.</summary>
    /// <exception cref="InvalidDataException">A row hasn't <paramref name="columns"/> columns.</exception>
    public static IEnumerable<string[]> Read(string file, int columns)
    {
        using var stream = Open(file);
        using var reader = new StreamReader(stream);
        for (int line = 1; reader.ReadLine() is { } text; line++)
        {
            if (text.Length == 0 || text[0] == '#')
                continue;
            string[] cells = text.Split('\t');
            if (cells.Length != columns)
                throw new InvalidDataException($"{file}, line {line}: expected {columns} columns, found \"{text}\".");
            yield return cells;
        }
    }
}
