using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Matchmaking.Store;

/// <summary>Keeps SQLite's compiled queries as long as their connection is open: to compile one takes longer than to find a row with it.</summary>
/// <remarks>EF makes a command for each query and throws it away. Npgsql keeps its own.</remarks>
internal sealed class KeptStatements : DbCommandInterceptor
{
    /// <summary>A connection keeps so many, the last used; each takes some ten kilobytes.</summary>
    private const int Most = 32;

    public static readonly KeptStatements Instance = new();

    private readonly ConditionalWeakTable<SqliteConnection, Statements> _statements = [];

    public override DbCommand CommandInitialized(CommandEndEventData eventData, DbCommand result)
    {
        if (result is not SqliteCommand { Connection: { State: ConnectionState.Open } connection } command || !command.CommandText.StartsWith("SELECT", StringComparison.Ordinal))
            return result;
        var kept = _statements.GetOrCreateValue(connection).Take(command.CommandText);
        kept.Connection = connection;
        kept.Transaction = command.Transaction;
        kept.CommandTimeout = command.CommandTimeout;
        foreach (SqliteParameter parameter in command.Parameters)
            kept.Parameters.Add(parameter);
        command.Parameters.Clear();
        command.Dispose();
        return kept;
    }

    /// <summary>Frees what a connection has kept; to be said before it closes.</summary>
    public void Free(DbConnection connection)
    {
        if (connection is SqliteConnection sqlite && _statements.TryGetValue(sqlite, out var statements))
        {
            _statements.Remove(sqlite);
            statements.Free();
        }
    }

    [SuppressMessage("Performance", "CA1812", Justification = "Made by the table.")]
    private sealed class Statements
    {
        private readonly OrderedDictionary<string, Statement> _idle = new(StringComparer.Ordinal);
        private bool _freed;

        public Statement Take(string text)
        {
            if (!_idle.Remove(text, out var statement))
                statement = new Statement(this, text);
            statement.IsRunning = true;
            return statement;
        }

        /// <summary>False where it must go.</summary>
        public bool Keep(Statement statement)
        {
            if (_freed || !_idle.TryAdd(statement.CommandText, statement))
                return false;
            if (_idle.Count > Most)
            {
                var oldest = _idle.GetAt(0).Value;
                _idle.RemoveAt(0);
                oldest.Dispose();
            }
            return true;
        }

        public void Free()
        {
            _freed = true;
            foreach (var statement in _idle.Values)
                statement.Dispose();
            _idle.Clear();
        }
    }

    /// <summary>A command that survives its first disposal.</summary>
    private sealed class Statement(Statements owner, string text) : SqliteCommand(text)
    {
        public bool IsRunning { get; set; }

        protected override void Dispose(bool disposing)
        {
            // Whoever disposes of an idle one is the connection, closing.
            if (disposing && IsRunning && DataReader is null)
            {
                IsRunning = false;
                Parameters.Clear();
                Transaction = null;
                if (owner.Keep(this))
                    return;
            }
            base.Dispose(disposing);
        }
    }
}
