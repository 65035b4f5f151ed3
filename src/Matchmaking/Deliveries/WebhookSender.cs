using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Matchmaking.Deliveries;

/// <summary>What came of one try.</summary>
/// <param name="RetryAfter">How long the receiver asks to be left alone; null where it doesn't.</param>
internal readonly record struct Attempt(DeliveryFault? Fault, int? Status, int Took, TimeSpan? RetryAfter);

/// <summary>Posts to addresses that others have given: never into a closed network, never further than they said, never for long.</summary>
/// <remarks>The address that is connected to is the one that was checked: the name is resolved here and not again, so that a name which leads
/// elsewhere a moment later gains nothing. No redirect, proxy or cookie; of the answer only the status and Retry-After are read.</remarks>
internal sealed class WebhookSender : IDisposable
{
    private const int MaxAddresses = 4;

    private readonly DeliverySettings _settings;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve;
    private readonly TimeProvider _clock;
    private readonly HttpMessageInvoker _http;

    public WebhookSender(DeliverySettings settings, TimeProvider clock) : this(settings, clock, Dns.GetHostAddressesAsync)
    {
    }

    internal WebhookSender(DeliverySettings settings, TimeProvider clock, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
    {
        (_settings, _clock, _resolve) = (settings, clock, resolve);
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            Credentials = null,
            ActivityHeadersPropagator = null,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = settings.Timeout,
            MaxConnectionsPerServer = 16,
            MaxResponseHeadersLength = 16,
            MaxResponseDrainSize = 16 << 10,
            ResponseDrainTimeout = TimeSpan.FromSeconds(1),
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20),
            ConnectCallback = ConnectAsync,
        });
    }

    /// <summary>Why an address can't be a webhook's; null where it can, as far as can be told before its name is resolved.</summary>
    public string? Refusal(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http") || uri.Host.Length == 0)
            return "an absolute https address is expected";
        if (uri.Scheme == "http" && !_settings.AllowHttp)
            return "without TLS everybody on the way reads it: an https address is expected";
        if (uri.UserInfo.Length > 0 || uri.Fragment.Length > 0)
            return "neither a user nor a fragment may stand in it";
        return IPAddress.TryParse(uri.IdnHost.Trim('[', ']'), out var address) && !_settings.AllowPrivateAddresses && !PublicAddresses.Holds(address)
            ? "it leads into a network that isn't public"
            : null;
    }

    /// <summary>One try. Faults of the receiver are answered, not thrown.</summary>
    public async Task<Attempt> PostAsync(Webhook webhook, WebhookMessage message, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(_settings.Timeout);
        try
        {
            using var request = Request(webhook, message);
            using var response = await _http.SendAsync(request, limit.Token);
            var status = (int)response.StatusCode;
            return new Attempt(response.IsSuccessStatusCode ? null : DeliveryFault.Status, status, Took(began), response.Headers.RetryAfter is { } after ? Wait(after) : null);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && Fault(e) is not null)
        {
            return new Attempt(Fault(e), null, Took(began), null);
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(Webhook webhook, WebhookMessage message)
    {
        // The settings may have become stricter since it was registered.
        if (Refusal(webhook.Url) is not null)
            throw new ForbiddenAddressException();
        var now = _clock.GetUtcNow();
        var content = new ByteArrayContent(message.Body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(webhook.Url)) { Content = content };
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Matchmaking", "1"));
        request.Headers.Add("Matchmaking-Event", message.Event);
        request.Headers.Add("Idempotency-Key", message.Id);
        request.Headers.Add(Signature.Header, webhook.FormerSecret is { } former && webhook.FormerSecretUntil > now.UtcDateTime
            ? Signature.Of(message.Body, now, webhook.Secret, former)
            : Signature.Of(message.Body, now, webhook.Secret));
        return request;
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var host = context.DnsEndPoint.Host;
        IPAddress[] found = IPAddress.TryParse(host, out var literal) ? [literal] : await _resolve(host, cancellation);
        var open = found.Where(a => _settings.AllowPrivateAddresses || PublicAddresses.Holds(a)).Select(a => a.IsIPv4MappedToIPv6 ? a.MapToIPv4() : a).Take(MaxAddresses).ToList();
        if (open.Count == 0)
            throw found.Length == 0 ? new SocketException((int)SocketError.HostNotFound) : new ForbiddenAddressException();
        for (var i = 0; ; i++)
        {
            var socket = new Socket(open[i].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(open[i], context.DnsEndPoint.Port), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (Exception e)
            {
                socket.Dispose();
                if (e is not SocketException || i == open.Count - 1)
                    throw;
            }
        }
    }

    private TimeSpan? Wait(RetryConditionHeaderValue after) => after.Delta ?? (after.Date - _clock.GetUtcNow()) switch { { } wait when wait > TimeSpan.Zero => wait, _ => null };

    private static int Took(long began) => (int)Math.Min(Stopwatch.GetElapsedTime(began).TotalMilliseconds, int.MaxValue);

    private static DeliveryFault? Fault(Exception fault)
    {
        for (var e = fault; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case ForbiddenAddressException: return DeliveryFault.ForbiddenAddress;
                case OperationCanceledException or TimeoutException: return DeliveryFault.Timeout;
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain }: return DeliveryFault.UnknownHost;
                case SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.ConnectionAborted }: return DeliveryFault.Protocol;
                case SocketException: return DeliveryFault.Unreachable;
                case AuthenticationException: return DeliveryFault.Tls;
            }
        }
        return fault is HttpRequestException or IOException ? DeliveryFault.Protocol : null;
    }

    private sealed class ForbiddenAddressException() : IOException("The address isn't one of the public network.");
}
