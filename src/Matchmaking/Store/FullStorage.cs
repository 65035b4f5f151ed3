using Microsoft.Data.Sqlite;
using Npgsql;

namespace Matchmaking.Store;

/// <summary>Tells a full disk from all other faults.</summary>
public static class FullStorage
{
    private const int SqliteFull = 13;
    private const int SqliteIoError = 10;
    private const int SqliteIoWrite = SqliteIoError | (3 << 8);
    private const int SqliteIoShmSize = SqliteIoError | (19 << 8);
    private const int NoSpaceOnLinux = 28;
    private const int NoSpaceOnWindows = unchecked((int)0x80070070);

    /// <summary>Whether this, or what it was caused by, says that there is no room to write.</summary>
    public static bool Caused(Exception fault)
    {
        for (var inner = fault; inner is not null; inner = inner.InnerException)
        {
            if (inner is SqliteException { SqliteErrorCode: SqliteFull } or SqliteException { SqliteExtendedErrorCode: SqliteIoWrite or SqliteIoShmSize }
                or PostgresException { SqlState: PostgresErrorCodes.DiskFull } or IOException { HResult: NoSpaceOnLinux or NoSpaceOnWindows })
                return true;
        }
        return false;
    }
}
