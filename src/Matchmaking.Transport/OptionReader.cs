using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Matchmaking.Transport;

/// <summary>Reads <see cref="GraphQLOptions"/> strictly: the framework's own binder takes a misspelled name without a word.</summary>
internal static class OptionReader
{
    private static readonly Dictionary<string, PropertyInfo> Settings = Of(typeof(GraphQLOptions));
    private static readonly Dictionary<string, PropertyInfo> StreamSettings = Of(typeof(StreamOptions));

    private static Dictionary<string, PropertyInfo> Of(Type type) => type.GetProperties()
        .Where(p => p.PropertyType == typeof(int) || p.PropertyType == typeof(double) || p.PropertyType == typeof(bool) || p.PropertyType == typeof(TimeSpan) || p.PropertyType == typeof(string))
        .ToDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);

    public static GraphQLOptions Read(IConfigurationSection section)
    {
        var options = new GraphQLOptions();
        foreach (var setting in section.GetChildren())
        {
            if (!setting.Key.Equals(nameof(GraphQLOptions.Streams), StringComparison.OrdinalIgnoreCase))
                Set(setting, Settings, options);
            else
                foreach (var streams in setting.GetChildren())
                    Set(streams, StreamSettings, options.Streams);
        }
        if (options is { OnlyPersisted: true, PersistedDocuments: null })
            throw new InvalidOptionException($"{section.Path}:OnlyPersisted: 'true' needs {section.Path}:PersistedDocuments, or nothing could be asked.");
        return options;
    }

    private static void Set(IConfigurationSection setting, Dictionary<string, PropertyInfo> settings, object target)
    {
        if (!settings.TryGetValue(setting.Key, out var property))
            throw new InvalidOptionException($"{setting.Path}: there is no such setting; there are {string.Join(", ", settings.Values.Select(p => p.Name).Order(StringComparer.Ordinal))}.");
        property.SetValue(target, Value(setting, property));
    }

    private static object? Value(IConfigurationSection setting, PropertyInfo property)
    {
        var text = setting.Value ?? throw new InvalidOptionException($"{setting.Path}: it is no single value.");
        if (property.PropertyType == typeof(string))
            return text.Length == 0 ? null : text;
        if (property.PropertyType == typeof(bool))
            return bool.TryParse(text, out var flag) ? flag : throw Refuse("neither true nor false");
        if (property.PropertyType == typeof(TimeSpan))
            return Duration(text) is { } duration && duration > TimeSpan.Zero && duration <= TimeSpan.FromDays(1) ? duration : throw Refuse("no time up to a day, as 30 (seconds) or 00:00:30");
        var range = property.GetCustomAttribute<RangeAttribute>()!;
        if (property.PropertyType == typeof(double))
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && range.IsValid(real) ? real : throw Refuse($"no number from {range.Minimum} to {range.Maximum}");
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && range.IsValid(number) ? number
            : throw Refuse(string.Create(CultureInfo.InvariantCulture, $"no whole number from {range.Minimum} to {range.Maximum}"));

        InvalidOptionException Refuse(string why) => new($"{setting.Path}: '{text}' is {why}.");
    }

    // TimeSpan itself takes a bare 30 for days.
    private static TimeSpan? Duration(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds <= 86_400 ? TimeSpan.FromSeconds(seconds)
        : text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) ? span
        : null;
}
