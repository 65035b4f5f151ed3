using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Matchmaking.Store;
using Spectre.Console;

namespace Matchmaking.Importing;

/// <summary>The verb <c>import</c>: loads files into the store, also beside a running service.</summary>
public static class ImportCommand
{
    /// <summary>Makes the verb.</summary>
    /// <param name="open">Opens the configured store, migrated, from the parsed command line.</param>
    /// <param name="shared">Options of the program that every kind of import takes, such as --data.</param>
    public static Command Create(Func<ParseResult, CancellationToken, Task<StoreFactory>> open, params Option[] shared)
    {
        var command = new Command("import", "Load a file of patents, needs, institutions or enterprises, or a classification (导入)");
        foreach (var (kind, description) in (ReadOnlySpan<(ImportKind, string)>)
            [
                (ImportKind.Patents, "Patents: CSV, TSV, XLSX, XLS, JSON lines, CNIPA's XML or a directory of it (专利)"),
                (ImportKind.Needs, "Needs (技术需求)"),
                (ImportKind.Institutions, "Universities, institutes, hospitals (高校、科研机构)"),
                (ImportKind.Enterprises, "Enterprises (中小企业)"),
                (ImportKind.Ipc, "A full table of the IPC (国际专利分类表)"),
                (ImportKind.Industries, "A full table of GB/T 4754-2017 (国民经济行业分类)"),
            ])
        {
            command.Subcommands.Add(ForKind(kind, description, open, shared));
        }
        return command;
    }

    /// <summary>The summary as the command prints it.</summary>
    public static string Describe(ImportSummary summary)
    {
        var text = new System.Text.StringBuilder();
        var culture = CultureInfo.InvariantCulture;
        text.Append(culture, $"{summary.FileName} ({summary.Format}): {(summary.DryRun ? "would be " : "")}read {summary.Read:N0}, added {summary.Added:N0}, updated {summary.Updated:N0}, unchanged {summary.Unchanged:N0}, rejected {summary.Rejected:N0}\n");
        if (summary.Resumed > 0)
            text.Append(culture, $"  resumed: the first {summary.Resumed:N0} rows were imported by an earlier, interrupted run\n");
        foreach (var (note, count) in summary.Notes)
            text.Append(culture, $"  {note}: {count:N0}\n");
        if (summary.IgnoredColumns.Count > 0)
            text.Append(culture, $"  columns not recognised, left out: {string.Join(", ", summary.IgnoredColumns)}\n");
        if (summary.RejectsPath is { } path)
            text.Append(culture, $"  each rejected row and why: {path}\n");
        return text.ToString();
    }

    private static Command ForKind(ImportKind kind, string description, Func<ParseResult, CancellationToken, Task<StoreFactory>> open, Option[] shared)
    {
        var file = new Argument<string>("FILE") { Description = "The file; what it is, is seen from its content" };
        var mapping = new Option<string?>("--mapping") { Description = "A JSON file that names the field of unusual headings: {\"成果名\": \"title\"}" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would happen, and change nothing; rows that repeat an earlier one count as unchanged" };
        var rejects = new Option<string?>("--rejects") { Description = "Where to list rejected rows; otherwise FILE.rejects.tsv in the working directory" };
        var command = new Command(kind.ToString().ToLowerInvariant(), description) { file, mapping, dryRun, rejects };
        foreach (var option in shared)
            command.Options.Add(option);
        command.SetAction(async (parsed, cancellation) =>
        {
            // SQLite never truly waits, and until an action does, System.CommandLine answers a signal by ending the process on the spot.
            await Task.Yield();
            try
            {
                var options = new ImportOptions
                {
                    Mapping = parsed.GetValue(mapping) is { } path ? ReadMapping(path) : new Dictionary<string, string>(),
                    DryRun = parsed.GetValue(dryRun),
                    RejectsPath = parsed.GetValue(rejects),
                };
                var factory = await open(parsed, cancellation);
                var summary = await WithProgressAsync(options, o => Importer.RunAsync(factory, kind, parsed.GetValue(file)!, o, cancellation));
                Console.Out.Write(Describe(summary));
                return summary.ExitCode;
            }
            catch (UnreadableFileException e)
            {
                Console.Error.WriteLine(e.Message);
                return 1;
            }
            catch (Exception e) when (FullStorage.Caused(e))
            {
                Console.Error.WriteLine($"{parsed.GetValue(file)}: the disk is full: import the file again when there is room");
                return 1;
            }
            catch (Exception e) when (e is System.Data.Common.DbException or Microsoft.EntityFrameworkCore.DbUpdateException)
            {
                Console.Error.WriteLine($"{parsed.GetValue(file)}: the database failed: {e.GetBaseException().Message.ReplaceLineEndings(" ")}; what was imported stays, and the same command goes on from there");
                return 1;
            }
            catch (OperationCanceledException)
            {
                Console.Error.WriteLine("stopped; what was imported stays, and the same command goes on from there");
                return 1;
            }
        });
        return command;
    }

    private static async Task<ImportSummary> WithProgressAsync(ImportOptions options, Func<ImportOptions, Task<ImportSummary>> run)
    {
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (Console.IsErrorRedirected || !terminal.Profile.Capabilities.Interactive)
        {
            var told = 0L;
            return await run(options with
            {
                Progress = progress =>
                {
                    if (progress.Rows / 10_000 == told)
                        return;
                    told = progress.Rows / 10_000;
                    Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{progress.Rows:N0} rows"));
                },
            });
        }
        return await terminal.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var task = context.AddTask("0 rows");
                return await run(options with
                {
                    Progress = progress =>
                    {
                        task.Description = string.Create(CultureInfo.InvariantCulture, $"{progress.Rows:N0} rows");
                        if (progress.Fraction is { } fraction)
                            task.Value = fraction * 100;
                        else
                            task.IsIndeterminate = true;
                    },
                });
            });
    }

    private static Dictionary<string, string> ReadMapping(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(path)) ?? [];
        }
        catch (JsonException e)
        {
            throw new UnreadableFileException($"{path}: a mapping is a JSON object of headings and field names: {e.Message.ReplaceLineEndings(" ")}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableFileException($"{path}: the mapping can't be read: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }
}
