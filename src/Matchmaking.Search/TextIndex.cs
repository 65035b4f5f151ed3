using System.Globalization;
using Lucene.Net.Analysis;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using Matchmaking.Search.Indexing;
using Directory = Lucene.Net.Store.Directory;

namespace Matchmaking.Search;

/// <summary>One collection of documents under Guid keys, searched by words; derived from a feed that it can be rebuilt from.</summary>
/// <remarks>
/// One process owns an index. All members are safe for many threads: changes wait for each other, readers wait for nobody.
/// Changes are seen and durable from <see cref="Commit"/> on; what was not committed is gone after a crash or <see cref="Dispose"/>.
/// </remarks>
public sealed class TextIndex : IDisposable
{
    internal const string PositionKey = "position";
    private const string FingerprintKey = "fingerprint";

    private readonly System.Threading.Lock _writing = new();
    private readonly string _name;
    private readonly Directory _directory;
    private readonly IDisposable? _owner;
    private readonly ThreadLocal<DocumentAnalysis> _analysis;
    private IndexWriter? _writer;
    private volatile CommittedIndex _view;
    private bool _changed;
    private bool _disposed;
    private long _puts;

    private TextIndex(string name, Directory directory, IDisposable? owner, TextIndexSchema schema, Analyzer analyzer, bool fresh)
    {
        _name = name;
        _directory = directory;
        Schema = schema;
        Analyzer = analyzer;
        _analysis = new(() => new DocumentAnalysis(schema));
        _owner = owner;
        try
        {
            if (fresh)
            {
                IndexFiles.Delete(directory);
            }

            if (!directory.ListAll().Any(file => file.StartsWith(IndexFileNames.SEGMENTS, StringComparison.Ordinal)))
            {
                CreateEmpty();
            }

            _view = OpenView();
        }
        catch
        {
            owner?.Dispose();
            throw;
        }
    }

    /// <summary>The fields.</summary>
    public TextIndexSchema Schema { get; }

    /// <summary>The analyzer that documents are put with.</summary>
    public Analyzer Analyzer { get; }

    /// <summary>The feed position of the last commit; 0 for a new index.</summary>
    public long Position => _view.Position;

    /// <summary>Opens an index, or makes an empty one where there is none.</summary>
    /// <exception cref="IndexInUseException">Another process owns it.</exception>
    /// <exception cref="IndexDamagedException">It can't be read or was written with another schema: see <see cref="Recreate"/>.</exception>
    public static TextIndex Open(string directory, TextIndexSchema schema, Analyzer analyzer) =>
        OpenOwned(directory, schema, analyzer, fresh: false);

    /// <summary>Deletes the index in the directory, if any, and makes an empty one.</summary>
    /// <exception cref="IndexInUseException">Another process owns it.</exception>
    public static TextIndex Recreate(string directory, TextIndexSchema schema, Analyzer analyzer) =>
        OpenOwned(directory, schema, analyzer, fresh: true);

    // For a directory that nobody else can know of, such as one in memory.
    internal static TextIndex Open(string name, Directory directory, TextIndexSchema schema, Analyzer analyzer) =>
        new(name, directory, null, schema, analyzer, fresh: false);

    /// <summary>Adds a document, in place of the one with the same key if there is one.</summary>
    /// <exception cref="ArgumentException">A field isn't in the schema, or a value is too long.</exception>
    /// <exception cref="IndexWriteException">It could not be written; all since the last commit is forgotten.</exception>
    public void Put(TextDocument document)
    {
        var analysis = _analysis.Value!;
        analysis.Analyse(Analyzer, document);
        var fields = LuceneDocument.Make(Schema, document, analysis);
        Change(writer => writer.UpdateDocument(KeyTerm(document.Key), fields), puts: 1);
    }

    /// <summary>Removes a document; nothing happens where there is none.</summary>
    /// <exception cref="IndexWriteException">It could not be written; all since the last commit is forgotten.</exception>
    public void Remove(Guid key) => Change(writer => writer.DeleteDocuments(KeyTerm(key)));

    /// <summary>Makes all changes durable together with the feed position that they bring the index to, and shows them to readers.</summary>
    /// <exception cref="IndexWriteException">They could not be written; all since the last commit is forgotten.</exception>
    public void Commit(long position)
    {
        lock (_writing)
        {
            if (!_changed && position == Position)
            {
                return;
            }

            Try(writer => Save(writer, position));
            _changed = false;
            Refresh();
            _view.Advance(position);
        }
    }

    /// <summary>Merges what commits have left in small pieces, which may take as long as reading and writing them: call it after commits, when those who wait for them have been told.</summary>
    /// <remarks>Readers find the same before and after. Where it fails the commit stands, and it is tried again after the next one; where the disk is
    /// full, the next change says so.</remarks>
    public void Tidy()
    {
        lock (_writing)
        {
            if (_changed)
            {
                return;
            }

            try
            {
                Try(writer =>
                {
                    writer.MaybeMerge();
                    if (writer.HasUncommittedChanges())
                    {
                        Save(writer, Position);
                    }
                });
                Refresh();
            }
            catch (IndexWriteException)
            {
                // As said above.
            }
        }
    }

    /// <summary>The index as of the last commit; dispose it when done.</summary>
    public IndexSnapshot Acquire()
    {
        // The view that was read may be released before it is acquired; then there is a newer one.
        while (true)
        {
            var view = _view;
            if (view.TryAcquire())
            {
                return new(view);
            }

            ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed), this);
        }
    }

    /// <summary>Reads every file of the last commit and checks its checksum.</summary>
    /// <remarks>Takes as long as reading the whole index. Opening checks only that no file is missing or cut short.</remarks>
    /// <exception cref="IndexDamagedException">A checksum is wrong.</exception>
    public void Verify()
    {
        using var snapshot = Acquire();
        Guard(() =>
        {
            foreach (var segment in snapshot.Segments)
            {
                segment.Reader.CheckIntegrity();
            }

            return true;
        });
    }

    /// <summary>Gives up ownership; what was not committed is dropped. Snapshots stay readable until they are disposed.</summary>
    public void Dispose()
    {
        lock (_writing)
        {
            if (_disposed)
            {
                return;
            }

            Volatile.Write(ref _disposed, true);
            _writer?.Rollback();
            _view.Release();
            _owner?.Dispose();
            _analysis.Dispose();
        }
    }

    private static TextIndex OpenOwned(string path, TextIndexSchema schema, Analyzer analyzer, bool fresh)
    {
        var place = System.IO.Directory.CreateDirectory(path);
        var owner = OwnerLock.Take(path);

        // Measured with 4.8.0-beta00017 on 200,000 documents, ranking by 40 terms and scoring single documents, one and two threads:
        // memory mapping was at least as fast as NIOFS throughout, three times so for single documents.
        return new(path, new MMapDirectory(place, NoLockFactory.GetNoLockFactory()), owner, schema, analyzer, fresh);
    }

    private static Term KeyTerm(Guid key) => new(FieldNames.Key, FieldNames.OfKey(key));

    private static IndexWriterConfig Config(OpenMode mode) => new(LuceneVersion.LUCENE_48, null)
    {
        OpenMode = mode,
        RAMBufferSizeMB = 64,
        MergeScheduler = new PatientMerges(),

        // Bounds how long a merge keeps the writing thread: about a minute.
        MergePolicy = new TieredMergePolicy { MaxMergedSegmentMB = 1024 },
    };

    private Dictionary<string, string> CommitData(long position) => new()
    {
        [PositionKey] = position.ToString(CultureInfo.InvariantCulture),
        [FingerprintKey] = Schema.Fingerprint,
    };

    private void CreateEmpty()
    {
        using var writer = new IndexWriter(_directory, Config(OpenMode.CREATE));
        writer.SetCommitData(CommitData(0));
        writer.Commit();
    }

    private CommittedIndex OpenView() => Guard(() =>
    {
        var reader = DirectoryReader.Open(_directory);
        try
        {
            var data = reader.IndexCommit.UserData;
            if (!data.TryGetValue(FingerprintKey, out var fingerprint) || fingerprint != Schema.Fingerprint)
            {
                throw new IndexDamagedException(_name, "it was written with another schema or analysis.");
            }

            IndexFiles.CheckFooters(_directory, reader.IndexCommit);
            return new CommittedIndex(this, reader, _puts, null);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    });

    private T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (failure is not IndexDamagedException)
        {
            // Noise in a length reads as an allocation that can't be made, so even OutOfMemoryException speaks of the file.
            throw new IndexDamagedException(_name, failure.Message, failure);
        }
    }

    private void Change(Action<IndexWriter> change, int puts = 0)
    {
        lock (_writing)
        {
            _changed = true;
            _puts += puts;
            Try(change);
        }
    }

    private void Save(IndexWriter writer, long position)
    {
        var merges = (PatientMerges)writer.Config.MergeScheduler;
        merges.Hold = true;
        writer.SetCommitData(CommitData(position));
        writer.Commit();
        merges.Hold = false;
    }

    private void Try(Action<IndexWriter> write)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        try
        {
            write(_writer ??= new(_directory, Config(OpenMode.APPEND)));
        }
        catch (Exception failure)
        {
            Forget();
            throw new IndexWriteException(Position, failure);
        }
    }

    // After a failed write Lucene may hold half of a change: go back to what is surely on disk and start again from there.
    private void Forget()
    {
        try
        {
            _writer?.Rollback();
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException)
        {
            // The disk is as full as before; the files that stay behind are deleted when a writer opens next.
            _writer?.Dispose(waitForMerges: false);
        }

        _writer = null;
        _changed = false;
        Refresh();
    }

    private void Refresh()
    {
        var before = _view;
        if (DirectoryReader.OpenIfChanged(before.Reader) is { } reader)
        {
            _view = new(this, reader, _puts, before);
            before.Release();
        }
    }
}
