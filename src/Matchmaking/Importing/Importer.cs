using System.Security.Cryptography;
using System.Text;
using Matchmaking.Importing.Reading;
using Matchmaking.Importing.Writing;
using Matchmaking.Observing;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Importing;

/// <summary>Loads a file into the store (导入).</summary>
/// <remarks>Rows stream through in batches, each in one transaction with the run's own progress, so that a killed import goes on where it
/// stopped and importing the same file again changes nothing. Memory is bounded by the batch, and 40 bytes a row to tell repeated rows.</remarks>
public static class Importer
{
    private const int Attempts = 4;

    /// <summary>Imports a file, or for patents a directory of XML files.</summary>
    /// <exception cref="UnreadableFileException">The file as a whole can't be imported; batches before a damage within it stay imported.</exception>
    public static async Task<ImportSummary> RunAsync(StoreFactory factory, ImportKind kind, string path, ImportOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new ImportOptions();
        var (source, fileDigest) = SourceFile.Open(path, kind, new Headings(kind, options.Mapping));
        using (source)
        {
            var digest = Digest(fileDigest, options.Mapping);
            var run = options.DryRun ? null : await ResumeAsync(factory, kind, path, digest, cancellation);
            var fileName = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
            var rejectsPath = options.RejectsPath ?? fileName + ".rejects.tsv";
            using var rejects = new RejectsFile(rejectsPath, run?.RejectsLength ?? 0);
            var import = new Running(factory, kind, source, rejects, run, options);
            ImportSummary summary;
            try
            {
                summary = await import.RunAsync(fileName, cancellation);
            }
            catch
            {
                if (import.Rejected == 0)
                    rejects.Remove();
                throw;
            }
            if (summary.Rejected == 0)
                rejects.Remove();
            return summary;
        }
    }

    private static string Digest(byte[] file, IReadOnlyDictionary<string, string> mapping)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(file);
        foreach (var (heading, field) in mapping.OrderBy(m => m.Key, StringComparer.Ordinal))
            hash.AppendData(Encoding.UTF8.GetBytes($"{heading}\u001F{field}\u001E"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static async Task<ImportRun> ResumeAsync(StoreFactory factory, ImportKind kind, string path, string digest, CancellationToken cancellation)
    {
        await using var store = factory.Open(StoreContext.Import);
        var name = kind.ToString().ToLowerInvariant();
        var unfinished = await store.ImportRuns.Where(r => r.Kind == name && r.Digest == digest && r.FinishedAt == null).OrderByDescending(r => r.Id).FirstOrDefaultAsync(cancellation);
        if (unfinished is not null)
            return unfinished;
        var run = new ImportRun { Id = store.NewKey(), Kind = name, FileName = Path.GetFileName(Path.TrimEndingDirectorySeparator(path)), Digest = digest, StartedAt = store.Now };
        store.ImportRuns.Add(run);
        await store.CommitAsync(cancellation);
        return run;
    }

    /// <summary>One import under way.</summary>
    private sealed class Running(StoreFactory factory, ImportKind kind, RowSource source, RejectsFile rejects, ImportRun? run, ImportOptions options)
    {
        private readonly RecordWriter _writer = RecordWriter.For(kind);
        private readonly Tally _total = new();
        private readonly HashSet<ulong> _keys = [];
        private readonly List<ParsedRow> _batch = [];
        private Tally _reading = new();
        private long _read;
        private long _batchRows;

        public long Rejected { get; private set; } = run?.Rejected ?? 0;

        public async Task<ImportSummary> RunAsync(string fileName, CancellationToken cancellation)
        {
            var resumed = run?.Read ?? 0;
            (_total.Added, _total.Updated, _total.Unchanged) = (run?.Added ?? 0, run?.Updated ?? 0, run?.Unchanged ?? 0);
            await using (var store = factory.Open(StoreContext.Import))
                await _writer.BeginAsync(store, cancellation);
            foreach (var row in source.Rows())
            {
                cancellation.ThrowIfCancellationRequested();
                _read++;
                var reading = new RowReading(row, _reading);
                var parsed = reading.Reject is null ? _writer.Read(reading) : null;
                if (parsed is not null)
                    parsed.Repeats = !_keys.Add(Hash(parsed.Key));
                if (_read <= resumed)
                    continue;
                _batchRows++;
                if (parsed is { Repeats: true } && options.DryRun)
                    _total.Unchanged++; // Its first row isn't in the store to be found.
                else if (parsed is not null)
                    _batch.Add(parsed);
                else
                    _reading.Rejects.Add(reading.Reject ?? new Reject(row.Place, "", "", "the row can't be understood"));
                if (_batchRows >= options.BatchSize)
                    await WriteAsync(false, cancellation);
            }
            await WriteAsync(true, cancellation);
            foreach (var (note, count) in _reading.Notes)
                _total.Notes[note] = _total.Notes.GetValueOrDefault(note) + count;
            foreach (var remark in source.Remarks)
                _total.Note(remark);
            return new ImportSummary
            {
                Kind = kind,
                FileName = fileName,
                Format = source.Format,
                Read = _read,
                Added = _total.Added,
                Updated = _total.Updated,
                Unchanged = _total.Unchanged,
                Rejected = Rejected,
                Resumed = resumed,
                Notes = [.. _total.Notes.OrderByDescending(n => n.Value).ThenBy(n => n.Key, StringComparer.Ordinal)],
                IgnoredColumns = [.. source.Ignored],
                RejectsPath = Rejected > 0 ? rejects.Path : null,
                DryRun = options.DryRun,
            };
        }

        private async Task WriteAsync(bool last, CancellationToken cancellation)
        {
            var length = rejects.Length;
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    await TryWriteAsync(last, cancellation);
                    break;
                }
                catch (DbUpdateException) when (attempt < Attempts && factory.Provider == Provider.PostgreSql)
                {
                    // Another writer stored the same number or name meanwhile: the next look-up will find it.
                    rejects.CutTo(length);
                }
                catch (Exception e) when (FullStorage.Caused(e))
                {
                    rejects.CutTo(length);
                    throw new UnreadableFileException($"the disk is full: the first {run?.Read ?? 0} rows are stored, the rest is not; import the file again when there is room", e);
                }
            }
            _batch.Clear();
            _batchRows = 0;
            var notes = _reading.Notes;
            _reading = new Tally();
            foreach (var (note, count) in notes)
                _reading.Notes[note] = count;
            _writer.Committed();
            options.Progress?.Invoke(new ImportProgress(_read, source.Fraction));
        }

        private async Task TryWriteAsync(bool last, CancellationToken cancellation)
        {
            var tally = new Tally();
            await using var store = factory.Open(StoreContext.Import);
            await using var transaction = await store.Database.BeginTransactionAsync(cancellation);
            if (_batch.Count > 0)
                await _writer.ApplyAsync(store, _batch, tally, cancellation);
            var refused = InOrder(tally.Rejects);
            rejects.Append(refused);
            if (run is null)
            {
                Take(tally, refused.Count);
                return;
            }
            var stored = new ImportRun
            {
                Id = run.Id, Kind = run.Kind, FileName = run.FileName, Digest = run.Digest, StartedAt = run.StartedAt,
                Read = _read,
                Added = run.Added + tally.Added,
                Updated = run.Updated + tally.Updated,
                Unchanged = run.Unchanged + tally.Unchanged,
                Rejected = run.Rejected + refused.Count,
                RejectsLength = rejects.Length,
                FinishedAt = last ? store.Now : null,
            };
            store.ImportRuns.Update(stored);
            await store.CommitAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            run = stored;
            Take(tally, refused.Count);
        }

        /// <summary>The batch's rejects in the order of the file: those of the reading and those of the writing.</summary>
        private List<Reject> InOrder(List<Reject> written) =>
            written.Count == 0 ? _reading.Rejects : [.. _reading.Rejects.Concat(written).OrderBy(r => long.TryParse(r.Place, out var line) ? line : long.MaxValue)];

        private void Take(Tally tally, int refused)
        {
            if (!options.DryRun)
                Measured(tally, refused);
            _total.Added += tally.Added;
            _total.Updated += tally.Updated;
            _total.Unchanged += tally.Unchanged;
            Rejected += refused;
            foreach (var (note, count) in tally.Notes)
                _total.Notes[note] = _total.Notes.GetValueOrDefault(note) + count;
        }

        private void Measured(Tally tally, int refused)
        {
            var things = kind.ToString().ToLowerInvariant();
            Measures.ImportRows(things, "added", tally.Added);
            Measures.ImportRows(things, "updated", tally.Updated);
            Measures.ImportRows(things, "unchanged", tally.Unchanged);
            Measures.ImportRows(things, "rejected", refused);
        }

        /// <summary>FNV-1a; two keys of one hash only make the second row fill gaps instead of correcting.</summary>
        private static ulong Hash(string key)
        {
            var hash = 14695981039346656037UL;
            foreach (var c in key)
                hash = (hash ^ c) * 1099511628211UL;
            return hash;
        }
    }
}
