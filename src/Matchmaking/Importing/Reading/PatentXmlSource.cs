using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Matchmaking.Patents;

namespace Matchmaking.Importing.Reading;

/// <summary>Reads CNIPA's published patent documents, of the business: and of the older cn-patent-document vocabulary (专利公布XML).</summary>
/// <remarks>The document type is skipped unread: nothing is fetched, no entity is expanded. One document is in memory at a time.</remarks>
internal sealed class PatentXmlSource(string fileName, IEnumerable<(string Name, Func<Stream> Open, int Documents)> files) : RowSource
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        MaxCharactersFromEntities = 1024,
        CheckCharacters = false,
    };

    static PatentXmlSource() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public override IEnumerable<ImportRow> Rows()
    {
        var any = false;
        foreach (var (name, open, documents) in files)
        {
            using var stream = open();
            var number = 0;
            foreach (var text in documents > 1 ? Split(stream) : [null])
            {
                using var reader = text is null ? XmlReader.Create(stream, Settings) : XmlReader.Create(new StringReader(text), Settings);
                while (true)
                {
                    XElement? document = null;
                    Reject? broken = null;
                    var place = $"{name}:{(++number).ToString(CultureInfo.InvariantCulture)}";
                    try
                    {
                        document = Next(reader);
                    }
                    catch (XmlException e)
                    {
                        broken = new Reject(place, "", "", $"not well-formed XML: {e.Message.ReplaceLineEndings(" ")}");
                    }
                    if (broken is not null)
                    {
                        any = true;
                        yield return new ImportRow(place) { Broken = broken };
                    }
                    if (document is null)
                        break;
                    any = true;
                    yield return Read(document, place);
                }
                number--;
            }
        }
        if (!any)
            throw new UnreadableFileException($"{fileName}: no patent document in the XML (looked for PatentDocumentAndRelated, cn-patent-document, patent-document)");
    }

    /// <summary>The next patent document, wherever it stands.</summary>
    private static XElement? Next(XmlReader reader)
    {
        while (!reader.EOF)
        {
            if (reader.NodeType == XmlNodeType.Element && Name(reader.LocalName) is "patentdocumentandrelated" or "cnpatentdocument" or "patentdocument" or "chinapatentdocument" or "cnpatent")
                return (XElement)XNode.ReadFrom(reader);
            if (!reader.Read())
                break;
        }
        return null;
    }

    /// <summary>The documents of a file that is several files in a row, each with its own declaration.</summary>
    private static IEnumerable<string?> Split(Stream stream)
    {
        using var reader = new StreamReader(stream);
        var document = new StringBuilder();
        while (reader.ReadLine() is { } line)
        {
            for (var at = line.IndexOf("<?xml ", StringComparison.Ordinal); at >= 0; at = line.IndexOf("<?xml ", 1, StringComparison.Ordinal))
            {
                document.Append(line, 0, at);
                if (document.ToString().AsSpan().Trim().Length > 0)
                    yield return document.ToString();
                document.Clear();
                line = line[at..];
                if (line.Length < 2)
                    break;
            }
            document.Append(line).Append('\n');
        }
        if (document.ToString().AsSpan().Trim().Length > 0)
            yield return document.ToString();
    }

    private static ImportRow Read(XElement document, string place)
    {
        var row = new ImportRow(place);
        var publication = Reference(document, "publicationreference", "cnpublicationreference");
        if (publication is not null)
        {
            var country = Text(publication, "wipost3code", "country") is { Length: 2 } code ? code : "CN";
            if (Text(publication, "docnumber") is { Length: > 0 } number)
                row.Offer(Field.PublicationNumber, "DocNumber", number.StartsWith(country, StringComparison.Ordinal) ? number : country + number + Text(publication, "kind"));
            row.Offer(Field.PublishedOn, "PublicationReference/Date", Text(publication, "date"));
        }
        if (Reference(document, "applicationreference") is { } application)
        {
            row.Offer(Field.ApplicationNumber, "DocNumber", Text(application, "docnumber"));
            row.Offer(Field.FiledOn, "ApplicationReference/Date", Text(application, "date"));
        }
        row.Offer(Field.Ipc, "ClassificationIPC", string.Join(';', Symbols(document)));
        row.Offer(Field.Title, "InventionTitle", Original(document, "inventiontitle").FirstOrDefault()?.Value.Trim() ?? "");
        var holders = Names(document, "assignee");
        row.Offer(Field.Applicants, "Applicant", string.Join(';', holders.Count > 0 ? holders : Names(document, "applicant")));
        row.Offer(Field.Inventors, "Inventor", string.Join(';', Names(document, "inventor")));
        row.Offer(Field.Abstract, "Abstract", Original(document, "abstract").Take(1).Select(Paragraphs).FirstOrDefault() ?? "");
        row.Offer(Field.Claims, "Claims", string.Join('\n', Original(document, "claims").Take(1).SelectMany(c => c.Descendants().Where(e => Name(e.Name.LocalName) == "claim")).Select(Paragraphs)));
        row.Offer(Field.Keywords, "Keywords", string.Join(';', Original(document, "keyword").Select(k => k.Value.Trim())));
        return row.IsEmpty ? new ImportRow(place) { Broken = new Reject(place, "", "", "the document has neither number nor title") } : row;
    }

    private static XElement? Reference(XElement document, params string[] names) => names
        .SelectMany(name => Original(document, name))
        .FirstOrDefault(r => Text(r, "docnumber").Length > 0);

    private static IEnumerable<string> Symbols(XElement document)
    {
        foreach (var symbol in Original(document, "mainclassification").Concat(Original(document, "furtherclassification"))
            .Where(e => e.Ancestors().All(a => Name(a.Name.LocalName) is not ("classificationlocarno" or "classificationlocarnodetails" or "classificationnational"))))
            yield return symbol.Value;
        foreach (var symbol in Original(document, "classificationipcr"))
        {
            var composed = $"{Text(symbol, "section")}{Text(symbol, "mainclass", "class")}{Text(symbol, "subclass")} {Text(symbol, "maingroup")}/{Text(symbol, "subgroup")}";
            yield return IpcSymbol.Normalize(composed) ?? Text(symbol, "text");
        }
    }

    private static List<string> Names(XElement document, string party) => [.. Original(document, party)
        .Select(p => Text(p, "organizationname", "orgname", "name", "lastname").Trim())
        .Where(n => n.Length > 0)
        .Distinct()];

    /// <summary>The elements of a name as the office wrote them; the standardised doubles only where there is nothing else.</summary>
    private static List<XElement> Original(XElement document, string name)
    {
        var all = document.Descendants().Where(e => Name(e.Name.LocalName) == name && !e.Ancestors().Any(a => Name(a.Name.LocalName) is "description" or "relateddocuments" or "citeddocuments" or "referencescited" or "prioritydetails")).ToList();
        var original = all.Where(e => (string?)e.Attribute("dataFormat") is null or "original" && (string?)e.Attribute("lang") is null or "zh" or "ZH" or "zh-CN" or "cn").ToList();
        return original.Count > 0 ? original : all;
    }

    private static string Text(XElement element, params string[] names)
    {
        foreach (var name in names)
        {
            if (element.Descendants().FirstOrDefault(e => Name(e.Name.LocalName) == name && e.Value.Trim().Length > 0) is { } found)
                return found.Value.Trim();
        }
        return "";
    }

    private static string Paragraphs(XElement element)
    {
        var parts = element.Elements().Where(e => Name(e.Name.LocalName) is "paragraphs" or "p" or "claimtext").Select(e => e.Value.Trim()).Where(t => t.Length > 0).ToList();
        return parts.Count > 0 ? string.Join('\n', parts) : element.Value.Trim();
    }

    private static string Name(string localName) => localName.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
}
