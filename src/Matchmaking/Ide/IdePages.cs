using System.Net;
using System.Text;

namespace Matchmaking.Ide;

/// <summary>The two pages at the endpoint's path: the IDE, and what takes its place where the build couldn't make it.</summary>
internal static class IdePages
{
    /// <summary>The IDE's page; it works with the files of the folder only.</summary>
    public static string Ide(string folder, IdeBundle bundle) => $"""
        <!doctype html>
        <html lang="zh-CN">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>专利匹配 GraphQL · Matchmaking</title>
        <link rel="icon" href="data:,">
        <link rel="stylesheet" href="{folder}{bundle.Style}">
        <script type="module" src="{folder}{bundle.Script}"></script>
        </head>
        <body>
        <div id="ide"></div>
        <noscript><p>此页需要 JavaScript。This page needs JavaScript. <a href="?sdl">SDL</a></p></noscript>
        </body>
        </html>

        """;

    /// <summary>A page without scripts: how to get the IDE, the schema and the samples.</summary>
    public static string Plain(string folder, string endpoint, string schema)
    {
        var samples = new StringBuilder();
        foreach (var sample in Sample.All)
            samples.Append($"<details><summary>{Encoded(sample.Chinese)} <small>{Encoded(sample.Question)} <code>{Encoded(sample.Name)}</code></small></summary><pre>{Encoded(sample.Text)}</pre></details>\n");
        return $$"""
            <!doctype html>
            <html lang="zh-CN">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>专利匹配 GraphQL · Matchmaking</title>
            <link rel="icon" href="data:,">
            <link rel="stylesheet" href="{{folder}}plain.css">
            </head>
            <body>
            <h1>专利匹配 <small>Matchmaking</small></h1>
            <p>GraphQL 服务在此运行，一切正常。The GraphQL service runs here, and all is well.</p>
            <section id="ide">
            <h2>图形化界面 The IDE</h2>
            <p>GraphiQL 没有随这次构建打包：构建时找不到 Node.js 20 或更新版本（含 npm），或 npm 取不到所需的包，或由 Matchmaking:Ide=false 关闭。
            请安装后重新构建：<code>dotnet build src/Matchmaking</code>。</p>
            <p>This build has no GraphiQL: Node.js 20 or newer with npm wasn't there, or npm couldn't get its packages, or Matchmaking:Ide=false switched it off.
            Install it and build again: <code>dotnet build src/Matchmaking</code>.</p>
            </section>
            <h2>怎样提问 How to ask</h2>
            <pre>curl -s {{Encoded(endpoint)}} -H 'Content-Type: application/json' -d '{"query": "{ me { name } }"}'</pre>
            <h2>样例 Samples</h2>
            {{samples}}
            <h2>模式 The schema</h2>
            <p><a href="?sdl">下载 SDL Download the SDL</a></p>
            <details><summary>全文 Full text</summary><pre>{{Encoded(schema)}}</pre></details>
            </body>
            </html>

            """;
    }

    private static string Encoded(string? text) => WebUtility.HtmlEncode(text ?? "");
}
