using System.IO.Compression;
using System.Text;
using Matchmaking.Importing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Matchmaking.Tests.Importing;

/// <summary>Files as people have them, and files that are none.</summary>
public sealed class ImportFileTests : IDisposable
{
    private const string Csv = "申请号,标题,申请人\r\nCN201910000001.9,一种锂电池正极材料的制备方法,北京科技大学\r\nCN201910000002.3,\"带逗号,与换行\n的标题\",深圳大学\r\n";

    private readonly TestStore _store = new();

    public static TheoryData<string, bool> Encodings => new()
    {
        { "utf-8", false }, { "utf-8", true }, { "GB18030", false }, { "GBK", false }, { "utf-16", true }, { "utf-16", false }, { "utf-16BE", true }, { "utf-16BE", false },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task Any_encoding_gives_the_same_patents(string name, bool mark)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes(Csv.Replace("\t", ",", StringComparison.Ordinal))];
        var summary = await _store.ImportAsync(ImportKind.Patents, _store.File("a.csv", bytes));
        Assert.Equal((2, 2, 0), (summary.Read, summary.Added, summary.Rejected));
        await using var store = _store.Factory.Open("test");
        Assert.Equal(["一种锂电池正极材料的制备方法", "带逗号,与换行\n的标题"], await store.Patents.OrderBy(p => p.ApplicationNumber).Select(p => p.Title).ToListAsync());
        Assert.Equal(["北京", "广东"], await store.Institutions.OrderBy(i => i.Name).Select(i => i.Province).ToListAsync());
    }

    [Theory]
    [InlineData("申请号\t名称\nCN201910000001.9\t甲\n", "TSV")]
    [InlineData("申请号;名称\nCN201910000001.9;甲\n", "delimited by ;")]
    [InlineData("[{\"申请号\":\"CN201910000001.9\",\"title\":\"甲\"}]", "JSON")]
    [InlineData("{\"申请号\":\"CN201910000001.9\",\n \"title\":\"甲\"}", "JSON")]
    [InlineData("{\"申请号\":\"CN201910000001.9\",\"title\":\"甲\"}\n", "JSON lines")]
    [InlineData("某大学专利清单,,\n导出日期：2020-01-01,,\n\n序号,申请号,发明名称\n1,CN201910000001.9,甲\n", "CSV")]
    public async Task Content_and_not_the_ending_says_what_a_file_is(string content, string format)
    {
        var summary = await _store.ImportAsync(ImportKind.Patents, _store.File("export.xls", content));
        Assert.Equal((1, 1), (summary.Read, summary.Added));
        Assert.Contains(format, summary.Format, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_in_a_workbook_stay_numbers()
    {
        var summary = await _store.ImportAsync(ImportKind.Patents, _store.File("book.csv", Workbook(
            """<row r="1"><c r="A1" t="inlineStr"><is><t>专利清单</t></is></c></row>""",
            """<row r="2"><c r="A2" t="inlineStr"><is><t>申请号</t></is></c><c r="B2" t="inlineStr"><is><t>专利名称</t></is></c><c r="C2" t="inlineStr"><is><t>申请日</t></is></c></row>""",
            """<row r="3"><c r="A3"><v>2019100000019</v></c><c r="B3" t="inlineStr"><is><t>甲</t></is></c><c r="C3"><v>43655</v></c></row>""",
            """<row r="4"><c r="A4"><v>201910000002.3</v></c><c r="B4" t="inlineStr"><is><t>乙</t></is></c></row>""")));
        Assert.Equal(("XLSX", 2L, 2L), (summary.Format, summary.Read, summary.Added));
        await using var store = _store.Factory.Open("test");
        var patents = await store.Patents.OrderBy(p => p.ApplicationNumber).ToListAsync();
        Assert.Equal(["CN201910000001.9", "CN201910000002.3"], patents.Select(p => p.ApplicationNumber));
        Assert.Equal(new DateOnly(2019, 7, 9), patents[0].FiledOn);
        Assert.Equal(new DateOnly(2039, 7, 9), patents[0].ExpiresOn);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("   \n \n", "blanks")]
    [InlineData("甲,乙\n1,2\n", "no recognisable headings")]
    [InlineData("%PDF-1.4 申请号,标题", "a PDF document")]
    [InlineData("<html><table><tr><td>申请号</td></tr></table></html>", "HTML")]
    [InlineData("<?xml version='1.0'?><a><b/></a>", "no patent document")]
    public async Task A_file_that_is_none_is_refused_in_one_line(string content, string reason)
    {
        var refused = await Assert.ThrowsAsync<UnreadableFileException>(() => _store.ImportAsync(ImportKind.Patents, _store.File("x.csv", content)));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.StartsWith("x.csv", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
        Assert.False(File.Exists(_store.RejectsPath));
    }

    [Fact]
    public async Task Binary_rubbish_and_a_broken_workbook_are_refused()
    {
        var random = new Random(7);
        var rubbish = new byte[20_000];
        random.NextBytes(rubbish);
        await Assert.ThrowsAsync<UnreadableFileException>(() => _store.ImportAsync(ImportKind.Patents, _store.File("a.csv", rubbish)));
        await Assert.ThrowsAsync<UnreadableFileException>(() => _store.ImportAsync(ImportKind.Patents, _store.File("b.xlsx", [.. "PK\u0003\u0004"u8, .. rubbish])));
        await Assert.ThrowsAsync<UnreadableFileException>(() => _store.ImportAsync(ImportKind.Patents, _store.File("c.xls", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. rubbish])));
        await Assert.ThrowsAsync<UnreadableFileException>(() => _store.ImportAsync(ImportKind.Patents, "nowhere.csv"));
    }

    [Fact]
    public async Task Each_bad_row_is_told_and_the_others_go_in()
    {
        byte[] bytes =
        [
            .. "申请号,标题,申请日,申请人\n"u8,
            .. "CN201910000001.9,好,2019-01-02,甲大学\n"u8,
            .. "CN201910000001.8,坏号,,\n"u8,
            .. "CN201910000002.3,坏"u8, 0xFF, 0xFE, .. "字节,,\n"u8,
            .. "CN201910000003.8,坏日,2019-13-45,\n"u8,
            .. "CN201910000004.2,多,2019-01-02,甲,乙\n"u8,
            .. "CN201910000005.7,\"没有结束的引号,2019-01-02,\n"u8,
            .. "CN201910000006.1,也好,2019-01-03,乙大学\n"u8,
        ];
        var summary = await _store.ImportAsync(ImportKind.Patents, _store.File("bad.csv", bytes));
        Assert.Equal((7, 2, 5, 2), (summary.Read, summary.Added, summary.Rejected, summary.ExitCode));
        var rejects = _store.Rejects();
        Assert.Equal(["3", "4", "5", "6", "7"], rejects.Select(r => r[0]));
        Assert.Equal(["申请号", "标题", "申请日", "", ""], rejects.Select(r => r[1]));
        Assert.Contains("should be 9", rejects[0][3], StringComparison.Ordinal);
        Assert.Contains("character 2", rejects[1][3], StringComparison.Ordinal);
        Assert.Equal("2019-13-45", rejects[2][2]);
        Assert.Contains("5 cells", rejects[3][3], StringComparison.Ordinal);
        Assert.Contains("never closed", rejects[4][3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mapping_names_what_is_not_recognised()
    {
        var path = _store.File("odd.csv", "成果号码,成果名,备注\nCN201910000001.9,甲,x\n");
        await Assert.ThrowsAsync<UnreadableFileException>(() => _store.ImportAsync(ImportKind.Patents, path));
        var summary = await _store.ImportAsync(ImportKind.Patents, path, new ImportOptions { Mapping = new Dictionary<string, string> { ["成果号码"] = "applicationNumber", ["成果名"] = "title" } });
        Assert.Equal(1, summary.Added);
        Assert.Equal(["备注"], summary.IgnoredColumns);
        var wrong = await Assert.ThrowsAsync<UnreadableFileException>(() =>
            _store.ImportAsync(ImportKind.Patents, path, new ImportOptions { Mapping = new Dictionary<string, string> { ["成果名"] = "titel" } }));
        Assert.Contains("'titel'", wrong.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _store.Dispose();

    private static byte[] Workbook(params string[] rows)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            void Add(string name, string content)
            {
                using var writer = new StreamWriter(archive.CreateEntry(name).Open());
                writer.Write(content);
            }

            Add("[Content_Types].xml", """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>""");
            Add("_rels/.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
            Add("xl/workbook.xml", """<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="清单" sheetId="1" r:id="r1"/></sheets></workbook>""");
            Add("xl/_rels/workbook.xml.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>""");
            Add("xl/worksheets/sheet1.xml", $"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{string.Concat(rows)}</sheetData></worksheet>""");
        }
        return stream.ToArray();
    }
}
