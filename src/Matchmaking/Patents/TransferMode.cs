namespace Matchmaking.Patents;

/// <summary>A way in which a technology changes hands (转化方式).</summary>
public enum TransferMode
{
    /// <summary>Assignment of the patent (转让).</summary>
    Assignment,

    /// <summary>A plain, non-exclusive licence (普通许可).</summary>
    License,

    /// <summary>An exclusive or sole licence (独占、排他许可).</summary>
    ExclusiveLicense,

    /// <summary>An open licence declared to everyone (开放许可).</summary>
    OpenLicense,

    /// <summary>A contribution of the patent as equity (作价入股).</summary>
    Equity,

    /// <summary>Joint development (合作开发).</summary>
    JointDevelopment,
}
