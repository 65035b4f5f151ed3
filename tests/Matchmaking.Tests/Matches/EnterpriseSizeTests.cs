using Matchmaking.Organizations;
using Xunit;

namespace Matchmaking.Tests.Matches;

/// <summary>Rows of 工信部联企业〔2011〕300号: industry, employees, revenue and assets in ten thousands of yuan.</summary>
public sealed class EnterpriseSizeTests
{
    [Theory]
    [InlineData("C3841", 1000, 40000.0, null, EnterpriseSize.Large)]
    [InlineData("C3841", 1200, 39000.0, null, EnterpriseSize.Medium)]
    [InlineData("C3841", 999, 900000.0, null, EnterpriseSize.Medium)]
    [InlineData("C3841", 300, 2000.0, null, EnterpriseSize.Medium)]
    [InlineData("C3841", 300, 1999.0, null, EnterpriseSize.Small)]
    [InlineData("C3841", 300, 250.0, null, EnterpriseSize.Micro)]
    [InlineData("C3841", 19, 5000.0, null, EnterpriseSize.Micro)]
    [InlineData("C3841", 20, 300.0, null, EnterpriseSize.Small)]
    [InlineData("C3841", null, 39000.0, null, null)]
    [InlineData("C3841", 1200, null, null, null)]
    [InlineData("C3841", null, 250.0, null, EnterpriseSize.Micro)]
    [InlineData("C3841", 10, null, null, EnterpriseSize.Micro)]
    [InlineData("C3841", null, null, null, null)]
    [InlineData(null, 1200, 39000.0, null, null)]
    [InlineData("A0111", null, 20000.0, null, EnterpriseSize.Large)]
    [InlineData("A0111", null, 49.0, null, EnterpriseSize.Micro)]
    [InlineData("E4710", null, 80000.0, 80000.0, EnterpriseSize.Large)]
    [InlineData("E4710", null, 80000.0, 79999.0, EnterpriseSize.Medium)]
    [InlineData("E4710", null, 80000.0, null, null)]
    [InlineData("F5110", 200, 40000.0, null, EnterpriseSize.Large)]
    [InlineData("F5211", 299, 20000.0, null, EnterpriseSize.Medium)]
    [InlineData("G5431", 1000, 30000.0, null, EnterpriseSize.Large)]
    [InlineData("G5930", 100, 1000.0, null, EnterpriseSize.Medium)]
    [InlineData("G6010", 300, 2000.0, null, EnterpriseSize.Medium)]
    [InlineData("H6110", 10, 100.0, null, EnterpriseSize.Small)]
    [InlineData("I6510", 300, 10000.0, null, EnterpriseSize.Large)]
    [InlineData("I6312", 2000, 100000.0, null, EnterpriseSize.Large)]
    [InlineData("K7010", null, 200000.0, 10000.0, EnterpriseSize.Large)]
    [InlineData("K7020", 1000, 5000.0, null, EnterpriseSize.Large)]
    [InlineData("L7211", 300, null, 120000.0, EnterpriseSize.Large)]
    [InlineData("M7320", 300, null, null, EnterpriseSize.Large)]
    [InlineData("M7320", 99, null, null, EnterpriseSize.Small)]
    [InlineData("M7320", 9, null, null, EnterpriseSize.Micro)]
    public void Size(string? industry, int? employees, double? revenue, double? assets, EnterpriseSize? size) =>
        Assert.Equal(size, EnterpriseSizes.Of(new Enterprise { IndustryCode = industry, Employees = employees, Revenue = Yuan(revenue), TotalAssets = Yuan(assets) }));

    private static decimal? Yuan(double? tenThousands) => tenThousands is { } value ? (decimal)value * 10_000m : null;
}
