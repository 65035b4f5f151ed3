using Microsoft.Data.Sqlite;

namespace Matchmaking.Benchmarks.Throughput;

/// <summary>Our rows in a file of the peers' own, with the full-text index that SQLite has for Chinese: FTS5 over trigrams.</summary>
internal static class PeerRows
{
    public static void Copy(string ours, string theirs)
    {
        using (var from = Open(ours))
            Execute(from, $"VACUUM INTO '{theirs}'");
        using var connection = Open(theirs);
        Execute(connection, """
            CREATE VIRTUAL TABLE found USING fts5(title, abstract, claims, keywords, tokenize = 'trigram');
            INSERT INTO found(rowid, title, abstract, claims, keywords)
              SELECT rowid, title, abstract, claims, (SELECT group_concat(value, '；') FROM json_each(keywords)) FROM patents;
            INSERT INTO found(found) VALUES ('optimize');
            ANALYZE;
            """);
    }

    /// <summary>The keys of some patents, as our ids carry them.</summary>
    public static List<Guid> Keys(string rows, int count)
    {
        using var connection = Open(rows);
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT id FROM patents ORDER BY substr(id, -4) LIMIT {count}";
        using var reader = command.ExecuteReader();
        var keys = new List<Guid>();
        while (reader.Read())
            keys.Add(reader.GetGuid(0));
        return keys;
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string statements)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statements;
        command.ExecuteNonQuery();
    }
}
