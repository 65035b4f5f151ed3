namespace Matchmaking.Search.Queries;

// Full-width ASCII to ASCII. Not string.Normalize: under InvariantGlobalization it returns what isn't ASCII unchanged.
internal static class Width
{
    public static string Narrow(string text) => string.Create(text.Length, text, static (narrow, wide) =>
    {
        for (var i = 0; i < narrow.Length; i++)
        {
            narrow[i] = Narrow(wide[i]);
        }
    });

    public static char Narrow(char c) => c switch
    {
        >= '！' and <= '～' => (char)(c - '！' + '!'),
        '　' => ' ',
        _ => c,
    };
}
