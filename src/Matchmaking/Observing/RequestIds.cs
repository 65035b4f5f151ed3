using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Matchmaking.Observing;

/// <summary>Gives each request an id that its answer and its log lines bear: the caller's <c>X-Request-Id</c> where it has one of the usual form, else the trace's.</summary>
internal static partial class RequestIds
{
    private const string Header = "X-Request-Id";

    public static void UseRequestIds(this WebApplication app) => app.Use(async (context, next) =>
    {
        var given = context.Request.Headers[Header];
        // An id is echoed and logged: one that isn't plain would carry whatever a caller likes into both.
        context.TraceIdentifier = given is [{ } one] && Plain().IsMatch(one) ? one : Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
        context.Response.Headers[Header] = context.TraceIdentifier;
        // The server's own scope was opened before the caller's id was read.
        using (app.Logger.BeginScope(new Dictionary<string, object>(1) { ["RequestId"] = context.TraceIdentifier }))
            await next(context);
    });

    [GeneratedRegex(@"^[A-Za-z0-9._:=+/-]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();
}
