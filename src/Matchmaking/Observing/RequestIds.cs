using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Matchmaking.Observing;

/// <summary>Gives each request an id that its answer and its log lines bear: the caller's <c>X-Request-Id</c> where it has one of the usual form, else the trace's.</summary>
internal static partial class RequestIds
{
    private const string Header = "X-Request-Id";

    public static IApplicationBuilder UseRequestIds(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var given = context.Request.Headers[Header];
        // An id is echoed and logged: one that isn't plain would carry whatever a caller likes into both.
        context.TraceIdentifier = given is [{ } one] && Plain().IsMatch(one) ? one : Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
        context.Response.Headers[Header] = context.TraceIdentifier;
        return next(context);
    });

    [GeneratedRegex(@"^[A-Za-z0-9._:=+/-]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();
}
