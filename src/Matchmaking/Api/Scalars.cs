using System.Globalization;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Matchmaking.Api;

/// <summary>A scalar that is written as a JSON string in one exact form.</summary>
internal abstract class TextScalar<T> : ScalarGraphType where T : struct
{
    protected abstract bool TryRead(string text, out T value);

    protected abstract string Write(T value);

    public override object? ParseLiteral(GraphQLValue value) => value switch
    {
        GraphQLStringValue text => ParseValue(text.Value.ToString()),
        GraphQLNullValue => null,
        _ => ThrowLiteralConversionError(value),
    };

    public override object? ParseValue(object? value) => value switch
    {
        null => null,
        T already => already,
        string text when TryRead(text, out var read) => read,
        _ => ThrowValueConversionError(value),
    };

    public override object? Serialize(object? value) => value switch
    {
        null => null,
        T it => Write(it),
        _ => ThrowSerializationError(value),
    };
}

/// <summary>A calendar day, as 2024-02-27 (日期).</summary>
internal sealed class LocalDateType : TextScalar<DateOnly>
{
    public LocalDateType()
    {
        Name = "LocalDate";
        Description = "A calendar day without time or zone, as 2024-02-27; legal dates are days in China (日期).";
    }

    protected override bool TryRead(string text, out DateOnly value) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out value);

    protected override string Write(DateOnly value) => value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>An instant in UTC, RFC 3339 (时刻).</summary>
internal sealed class InstantType : TextScalar<DateTime>
{
    public InstantType()
    {
        Name = "DateTime";
        Description = "An instant, RFC 3339; always answered in UTC, to the millisecond: 2024-02-27T08:00:00.000Z (时刻).";
    }

    protected override bool TryRead(string text, out DateTime value)
    {
        var read = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            && text.Contains('T', StringComparison.OrdinalIgnoreCase);
        value = at.UtcDateTime;
        return read;
    }

    protected override string Write(DateTime value) => value.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

/// <summary>A whole number of 64 bits (长整数).</summary>
internal sealed class LongType : LongGraphType
{
    public LongType()
    {
        Name = "Long";
        Description = "A whole number of 64 bits, as a JSON number (长整数).";
    }
}

/// <summary>An exact decimal number (小数).</summary>
internal sealed class DecimalType : DecimalGraphType
{
    public DecimalType()
    {
        Name = "Decimal";
        Description = "An exact decimal number, as 12.50 (小数).";
    }
}
