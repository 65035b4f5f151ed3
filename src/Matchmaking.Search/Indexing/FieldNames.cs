namespace Matchmaking.Search.Indexing;

// The Lucene fields behind a schema's fields. The prefixes keep the kinds apart from each other and from our own fields.
internal static class FieldNames
{
    public const string Key = "key";

    // The union of the terms of all text fields, documents only: a term's document frequency is the length of one posting list.
    public const string AnyText = "any";

    // What the document means: a scale and small whole numbers.
    public const string Meaning = "meaning";

    public static string Text(string name) => "t:" + name;

    public static string Length(string name) => "l:" + name;

    public static string Symbol(string name) => "s:" + name;

    public static string Tag(string name) => "g:" + name;

    public static string Number(string name) => "n:" + name;

    public static string Identifier(string name) => "i:" + name;

    public static string OfKey(Guid key) => key.ToString("N");
}
