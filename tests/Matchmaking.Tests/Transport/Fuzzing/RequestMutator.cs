using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Matchmaking.Tests.Transport.Fuzzing;

/// <summary>Makes HTTP requests, from right ones to mangled ones, each from the random numbers it is given.</summary>
internal sealed class RequestMutator(DocumentMutator documents)
{
    private static readonly string[] Variables =
    [
        "{}", "null", "[]", "7", "\"x\"", "{\"first\":2147483648}", "{\"x\":true,\"first\":1}", "{\"input\":null}", "{\"input\":{}}", "{\"input\":[]}", "{\"first\":1e999}", "{\"first\":-1}", "{\"id\":\"\\ud800\"}", "{\"id\":\"\\u0000\"}", "{\"\\ud800\":1}", "{\"a\":1,\"a\":2}",
        "{\"where\":{\"and\":[{},{}]}}", "{\"order\":[{\"title\":\"UP\"}]}", "{\"ids\":[\"x\",\"UGF0ZW50OjE=\"]}", "{\"query\":\"标题:(((\"}", "{\"x\":99999999999999999999999999999999999999999}", "{\"x\":" + "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]" + "}",
    ];

    private static readonly string[] Extensions =
    [
        "{}", "null", "[]", "{\"persistedQuery\":{}}", "{\"persistedQuery\":7}", "{\"persistedQuery\":{\"version\":1,\"sha256Hash\":\"abc\"}}", "{\"persistedQuery\":{\"version\":2,\"sha256Hash\":\"abc\"}}", "{\"persistedQuery\":{\"version\":1,\"sha256Hash\":[]}}",
        "{\"persistedQuery\":{\"version\":1,\"sha256Hash\":\"ecf4edb46db40b5132295c0291d62fb65d6759a9eedfa4d5d612dd5ec54a6b38\"}}",
    ];

    private static readonly string[] Accepts =
    [
        "application/json", "application/graphql-response+json", "*/*", "application/*", "application/graphql-response+json, application/json;q=0.9", "application/json;q=0.0001", "application/json;q=2", "text/plain", ";;;", "application/json;charset=\"utf-8\"", "a/b, */*;q=0", "\"", "",
    ];

    private static readonly string[] ContentTypes = ["application/json", "application/json; charset=utf-8", "application/json; charset=\"UTF-8\"", "application/json;charset", "text/plain", "application/graphql", "multipart/form-data", "application/json; charset=gbk", "/", ""];

    private static readonly string[] Headers =
    [
        "Accept-Encoding: gzip", "Accept-Encoding: br, gzip;q=0", "Accept-Encoding: *", "Content-Encoding: gzip", "Content-Encoding: br", "Content-Encoding: deflate", "Content-Encoding: zstd", "Content-Encoding: gzip, gzip", "GraphQL-Cost: report", "GraphQL-Cost: validate", "GraphQL-Cost: x",
        "If-None-Match: *", "If-None-Match: \"x\", W/\"y\"", "If-None-Match: x", "X-Forwarded-For: 1.2.3.4", "Cookie: a=b", "Last-Event-ID: 7", "Accept-Language: zh", "Range: bytes=0-1", "Origin: null", "traceparent: 00-0-0-0", "Expect: 100-continue",
    ];

    /// <summary>The bytes of one request, and whether its framing may be broken, so that no answer is owed.</summary>
    public (byte[] Bytes, bool Broken) Next(Random random)
    {
        var document = documents.Next(random);
        var get = random.Next(6) == 0;
        var body = get ? [] : Body(document, random);
        var target = "/graphql" + (get ? Query(document, random) : random.Next(50) == 0 ? "?a=%zz" : "");
        var method = get ? random.Next(20) == 0 ? "HEAD" : "GET" : random.Next(100) == 0 ? "PUT" : "POST";
        var head = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{method} {target} HTTP/1.1\r\nHost: x\r\n");
        head.Append(CultureInfo.InvariantCulture, $"Accept: {(random.Next(3) == 0 ? Accepts[random.Next(Accepts.Length)] : Accepts[random.Next(2)])}\r\n");
        if (!get)
            head.Append(CultureInfo.InvariantCulture, $"Content-Type: {(random.Next(30) == 0 ? ContentTypes[random.Next(ContentTypes.Length)] : ContentTypes[0])}\r\nContent-Length: {body.Length}\r\n");
        for (var i = random.Next(12) == 0 ? random.Next(4) : 0; i > 0; i--)
            head.Append(Headers[random.Next(Headers.Length)]).Append("\r\n");
        byte[] bytes = [.. Encoding.Latin1.GetBytes(head.Append("\r\n").ToString())];
        var broken = random.Next(100) == 0;
        if (broken)
            bytes = Mangle(bytes, random);
        return ([.. bytes, .. body], broken);
    }

    private static byte[] Body(string document, Random random)
    {
        var text = random.Next(40) switch
        {
            0 => "[" + Envelope(document, random) + "," + Envelope(document, random) + "]",
            1 => Envelope(document, random) + "x",
            2 => "\uFEFF" + Envelope(document, random),
            3 => Variables[random.Next(Variables.Length)],
            _ => Envelope(document, random),
        };
        var bytes = Encoding.UTF8.GetBytes(text);
        return random.Next(5) == 0 ? Mangle(bytes, random) : bytes;
    }

    private static string Envelope(string document, Random random)
    {
        var members = new List<string>();
        if (random.Next(40) != 0)
            members.Add($"\"query\":{Json(document)}");
        if (random.Next(5) == 0)
            members.Add($"\"variables\":{Variables[random.Next(Variables.Length)]}");
        if (random.Next(15) == 0)
            members.Add($"\"extensions\":{Extensions[random.Next(Extensions.Length)]}");
        if (random.Next(20) == 0)
            members.Add($"\"operationName\":{(random.Next(2) == 0 ? "\"A\"" : Variables[random.Next(Variables.Length)])}");
        if (random.Next(40) == 0)
            members.Add($"\"{(random.Next(2) == 0 ? "documentId" : "id")}\":{(random.Next(2) == 0 ? "\"../../x\"" : Variables[random.Next(Variables.Length)])}");
        return "{" + string.Join(',', members) + "}";
    }

    private static string Json(string text) => "\"" + JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping) + "\"";

    private static string Query(string document, Random random)
    {
        if (random.Next(30) == 0)
            return "?sdl";
        // A request line that is too long is refused before anybody reads it.
        var query = new StringBuilder("?query=" + Uri.EscapeDataString(document.Length > 2000 ? document[..2000] : document));
        if (random.Next(4) == 0)
            query.Append("&variables=").Append(Uri.EscapeDataString(Variables[random.Next(Variables.Length)]));
        if (random.Next(10) == 0)
            query.Append("&extensions=").Append(Uri.EscapeDataString(Extensions[random.Next(Extensions.Length)]));
        for (var i = random.Next(5) == 0 ? random.Next(4) : 0; i > 0; i--)
            query.Insert(random.Next(1, query.Length + 1), random.Next(7) switch { 0 => "%FF", 1 => "%C0%AF", 2 => "%ED%A0%80", 3 => "%", 4 => "&query=x", 5 => "+", _ => "%00" });
        return query.ToString();
    }

    private static byte[] Mangle(byte[] bytes, Random random)
    {
        var list = bytes.ToList();
        for (var i = random.Next(1, 4); i > 0 && list.Count > 0; i--)
        {
            var at = random.Next(list.Count);
            switch (random.Next(6))
            {
                case 0:
                    list[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    list.Insert(at, (byte)random.Next(256));
                    break;
                case 2:
                    list.RemoveAt(at);
                    break;
                case 3:
                    list[at] = (byte)random.Next(256);
                    break;
                case 4:
                    list.InsertRange(at, list.GetRange(at, Math.Min(random.Next(64), list.Count - at)));
                    break;
                default:
                    list.RemoveRange(at, Math.Min(random.Next(16), list.Count - at));
                    break;
            }
        }
        return [.. list];
    }
}
