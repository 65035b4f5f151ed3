using System.Globalization;
using System.Text;
using System.Xml;
using Matchmaking.Needs;

namespace Matchmaking.Deliveries;

/// <summary>Writes a feed as Atom (RFC 4287).</summary>
internal static class Atom
{
    private const string Namespace = "http://www.w3.org/2005/Atom";

    public static byte[] Write(NeedFeed feed, Need need, DateTime changed, IReadOnlyList<Telling> tellings, Uri self)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Indent = true, NewLineChars = "\n" }))
        {
            xml.WriteStartElement("feed", Namespace);
            xml.WriteAttributeString("xml", "lang", null, "zh-CN");
            Element(xml, "id", $"urn:uuid:{feed.Id:D}");
            Element(xml, "title", need.Visibility == NeedVisibility.Confidential ? "一项技术需求的专利推荐" : $"“{need.Title}”的专利推荐");
            if (need.Visibility == NeedVisibility.Public && need.Enterprise is { } enterprise)
                Element(xml, "subtitle", enterprise.Name);
            Element(xml, "updated", Instant(changed));
            xml.WriteStartElement("link", Namespace);
            xml.WriteAttributeString("rel", "self");
            xml.WriteAttributeString("href", self.AbsoluteUri);
            xml.WriteEndElement();
            Author(xml, "Matchmaking");
            foreach (var telling in tellings)
                Entry(xml, telling);
            xml.WriteEndElement();
        }
        return bytes.ToArray();
    }

    private static void Entry(XmlWriter xml, Telling telling)
    {
        var (recommendation, patent) = (telling.Recommendation, telling.Patent);
        xml.WriteStartElement("entry", Namespace);
        Element(xml, "id", $"urn:uuid:{recommendation.Id:D}");
        Element(xml, "title", patent.Title);
        Element(xml, "updated", Instant(recommendation.UpdatedAt > patent.UpdatedAt ? recommendation.UpdatedAt : patent.UpdatedAt));
        Element(xml, "published", Instant(recommendation.CreatedAt));
        if (patent.Holder is { } holder)
            Author(xml, holder.Name);
        Element(xml, "content", string.Join('\n', TellingText.Lines(telling)));
        xml.WriteEndElement();
    }

    private static void Author(XmlWriter xml, string name)
    {
        xml.WriteStartElement("author", Namespace);
        Element(xml, "name", name);
        xml.WriteEndElement();
    }

    private static void Element(XmlWriter xml, string name, string text) => xml.WriteElementString(name, Namespace, Valid(text));

    /// <summary>The text without what XML 1.0 can't hold: U+FFFE, U+FFFF and, should any ever be stored, control characters and half pairs.</summary>
    private static string Valid(string text)
    {
        var valid = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i]))
                valid.Append(text[i]);
            else if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
                valid.Append(text[i]).Append(text[++i]);
        }
        return valid.ToString();
    }

    private static string Instant(DateTime at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
