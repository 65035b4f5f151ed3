using Matchmaking.Observing;
using Xunit;

namespace Matchmaking.Tests.Observing;

public sealed class OutlineTests
{
    [Fact]
    public void A_message_that_may_quote_input_is_left_out_down_the_whole_chain()
    {
        var whole = Outline.Whole(Thrown(new InvalidOperationException("outer secret", new AggregateException(new FormatException("inner secret"), new IOException("No space left on device")))));
        Assert.DoesNotContain("secret", whole, StringComparison.Ordinal);
        Assert.Contains("System.InvalidOperationException", whole, StringComparison.Ordinal);
        Assert.Contains("System.FormatException", whole, StringComparison.Ordinal);
        Assert.Contains("No space left on device", whole, StringComparison.Ordinal);
        Assert.Contains(nameof(Thrown), whole, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELECT 'it''s a need' AS x, @p", "SELECT ? AS x, @p")]
    [InlineData("SELECT ''", "SELECT ?")]
    [InlineData("SELECT 'cut", "SELECT ?")]
    [InlineData("SELECT a FROM b", "SELECT a FROM b")]
    public void Literals_are_left_out_of_statements(string text, string told) => Assert.Equal(told, Statement.WithoutLiterals(text));

    [Theory]
    [InlineData("-- indexer\n\nSELECT 1", "SELECT")]
    [InlineData("\n insert into x", "INSERT")]
    [InlineData("-- only a remark", "OTHER")]
    [InlineData("VACUUM", "OTHER")]
    public void A_statement_is_told_by_one_of_a_few_words(string text, string operation) => Assert.Equal(operation, Statement.Operation(text));

    private static Exception Thrown(Exception exception)
    {
        try
        {
            throw exception;
        }
        catch (InvalidOperationException e)
        {
            return e;
        }
    }
}
