using System.Globalization;
using System.Security.Cryptography;
using Matchmaking.Store;
using Microsoft.IdentityModel.Tokens;

namespace Matchmaking.Access;

/// <summary>The service's own keys, for an installation without an issuer of tokens: ECDSA P-256, a file each that only its owner may read.</summary>
/// <remarks>The newest signs, the two newest count: after a rotation, tokens of the key before go on until the next one. A running service sees
/// a rotation within a second. Several nodes need the same files.</remarks>
internal sealed class SigningKeys
{
    private const int Valid = 2;
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _directory;
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private long _looked;
    private DateTime _stamp;
    private List<ECDsaSecurityKey> _keys = [];

    private SigningKeys(string directory, TimeProvider clock) => (_directory, _clock) = (directory, clock);

    /// <summary>Opens the keys of an installation, and makes the first one.</summary>
    /// <exception cref="ConfigurationException">A key can't be read or made, or others could read it.</exception>
    public static SigningKeys Open(string dataDirectory, TimeProvider clock)
    {
        var keys = new SigningKeys(Path.Combine(dataDirectory, "keys"), clock);
        try
        {
            if (!Directory.Exists(keys._directory))
            {
                if (OperatingSystem.IsWindows())
                    Directory.CreateDirectory(keys._directory);
                else
                    Directory.CreateDirectory(keys._directory, Owner | UnixFileMode.UserExecute);
            }
            if (!keys.Files().Any())
                keys.Make();
            keys.Read();
            return keys;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new ConfigurationException($"The signing keys in '{keys._directory}' can't be used: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    /// <summary>What signs.</summary>
    public SigningCredentials Current => new(Keys[^1], SecurityAlgorithms.EcdsaSha256);

    /// <summary>What signatures are checked with, oldest first.</summary>
    public IReadOnlyList<SecurityKey> Keys
    {
        get
        {
            lock (_lock)
            {
                if (_clock.GetElapsedTime(_looked) >= TimeSpan.FromSeconds(1))
                {
                    _looked = _clock.GetTimestamp();
                    if (Directory.GetLastWriteTimeUtc(_directory) != _stamp)
                        Read();
                }
                return _keys;
            }
        }
    }

    /// <summary>Makes a new key that signs from now on; the one before it counts until the next rotation, older ones are removed.</summary>
    /// <returns>The new key's id.</returns>
    public string Rotate()
    {
        lock (_lock)
        {
            var made = Make();
            foreach (var old in Files().SkipLast(Valid).ToList())
                File.Delete(old);
            Read();
            return made;
        }
    }

    // In the order of their names, which begin with the time.
    private IEnumerable<string> Files() => Directory.EnumerateFiles(_directory, "*.pem").Order(StringComparer.Ordinal);

    private string Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        // Behind the last one, also where the clock was set back.
        var last = Files().Select(Path.GetFileNameWithoutExtension).LastOrDefault() is { Length: >= 13 } name && long.TryParse(name.AsSpan(0, 13), NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : 0;
        var id = Math.Max(_clock.GetUtcNow().ToUnixTimeMilliseconds(), last + 1).ToString("D13", CultureInfo.InvariantCulture) + "-" + RandomNumberGenerator.GetHexString(8, lowercase: true);
        var path = Path.Combine(_directory, id + ".pem");
        var written = path + ".new";
        // Whole or not at all, and never open to others, not even while it is written.
        using (var file = new FileStream(written, OperatingSystem.IsWindows()
            ? new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write }
            : new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = Owner }))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n"));
            file.Flush(flushToDisk: true);
        }
        File.Move(written, path);
        return id;
    }

    private void Read()
    {
        _stamp = Directory.GetLastWriteTimeUtc(_directory);
        var keys = new List<ECDsaSecurityKey>();
        foreach (var path in Files().TakeLast(Valid))
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~Owner) is not UnixFileMode.None and var open)
                throw new ConfigurationException($"The signing key '{path}' can be read by others ({open}): chmod 600 it, or rotate it where they may have.");
            var key = ECDsa.Create();
            key.ImportFromPem(File.ReadAllText(path));
            keys.Add(new ECDsaSecurityKey(key) { KeyId = Path.GetFileNameWithoutExtension(path) });
        }
        _keys = keys;
    }
}
