using System.Text.Json;

namespace Matchmaking.Ide;

/// <summary>What the build made of <c>Ide/web</c>: a script, a style and their parts, each named by its content and compressed.</summary>
internal sealed class IdeBundle
{
    private readonly Dictionary<string, string> _files;

    private IdeBundle(string script, string style, Dictionary<string, string> files)
    {
        Script = script;
        Style = style;
        _files = files;
    }

    /// <summary>The name of the script that the page begins with.</summary>
    public string Script { get; }

    /// <summary>The name of the page's style.</summary>
    public string Style { get; }

    /// <summary>The names of all files, as they are asked for.</summary>
    public IReadOnlyCollection<string> Files => _files.Keys;

    /// <summary>Opens the bundle beside the program; null where the build had no Node.js to make it.</summary>
    public static IdeBundle? Open(string directory)
    {
        var manifest = Path.Combine(directory, "manifest.json");
        if (!File.Exists(manifest))
            return null;
        using var json = JsonDocument.Parse(File.ReadAllBytes(manifest));
        var files = Directory.EnumerateFiles(directory, "*.gz").ToDictionary(path => Path.GetFileNameWithoutExtension(path), StringComparer.Ordinal);
        var bundle = new IdeBundle(json.RootElement.GetProperty("script").GetString()!, json.RootElement.GetProperty("style").GetString()!, files);
        return files.ContainsKey(bundle.Script) && files.ContainsKey(bundle.Style) ? bundle : null;
    }

    /// <summary>The path of the file's gzip, or null where the bundle has none of that name.</summary>
    /// <remarks>The name is looked up, never put together into a path.</remarks>
    public string? Find(string name) => _files.GetValueOrDefault(name);
}
