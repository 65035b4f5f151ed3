using System.Collections.Frozen;

namespace Matchmaking.Importing.Reading;

public sealed partial class Headings
{
    // In each line the better column stands first: where a file has two columns of one field, the first one's value is taken.
    private static readonly (Field Field, string Names)[] Patents =
    [
        (Field.ApplicationNumber, """
            申请号 专利申请号 原始申请号 申请号码 申请编号 申请专利号 专利号 专利号码 专利编号 专利申请号专利号 申请号专利号 授权号 授权专利号 专利申请号码 zl号
            applicationnumber applicationno applicationid applno appno appnum appnumber filingid filingno filingnumber applnum apn an ap ad_no application 申请专利号码 patentnumber patentno patentid
            """),
        (Field.PublicationNumber, """
            公开公告号 公开号 公开公告号码 公布号 公开文献号 公开专利号 公开号公告号 申请公布号 申请公开号 申请公布号授权公告号 文献号 公告公开号 公开授权号 公告号 公开公布号
            publicationnumber publicationno publicationid pubno pubnum pubnumber publno pn pnm authorizationnoticeid documentnumber docnumber displaykey publication patentnumbers id
            """),
        (Field.GrantNumber, "授权公告号 授权公告号码 授权号公告号 审定公告号 grantnumber grantno grantpublicationnumber announcementnumber"),
        (Field.Title, """
            标题 专利名称 发明名称 名称 标题中文 题名 专利标题 发明创造名称 专利题名 发明专利名称 成果名称 题目 中文标题 标题翻译 标题译 标题机器翻译 项目名称 专利技术名称
            title inventiontitle titlezh titlecn titleoriginal name patentname patenttitle ti 标题简体中文 标题原文 技术名称 标题英文 titleen titleenglish titledwpi
            """),
        (Field.Abstract, """
            摘要 摘要中文 专利摘要 中文摘要 摘要翻译 摘要译 文摘 简介 说明书摘要 摘要原文 摘要简体中文 摘要机器翻译 技术摘要 内容摘要 成果简介 摘要说明
            abstract abstractzh abstractcn abstractoriginal summary chdivsummary abs ab 摘要英文 abstracten abstractenglish abstractdwpi
            """),
        (Field.Claims, """
            权利要求 权利要求书 全部权利要求 权利要求项 独立权利要求 主权项 首项权利要求 首权 主权利要求 权利要求中文 首项权利要求原文 主权要求 权利要求1 权利要求首项 权利要求原文 第一权利要求
            claims claim claimtext claimstext firstclaim mainclaim independentclaims cl clm
            """),
        (Field.Ipc, """
            主分类号 ipc主分类号 ipc主分类 主ipc分类号 主分类 ipc主分类号小组 ipc第一分类号 mainipc mainclass maincpc 第一分类号
            ipc分类号 ipc分类 ipc 分类号 专利分类号 国际分类号 国际专利分类号 国际专利分类 ipc号 intcl intclass ipccode ipccodes ipcr ipcrclassifications ipcclassification ipcclassifications classification internationalclassification 国际分类 全部分类号 副分类号 ipc次分类号 其他分类号 ipc8 icl ic ip ipcs 分类号ipc
            cpc分类号 cpc cpc分类 cpcclassifications cpccode cpccodes 联合专利分类号 cpc主分类号
            """),
        (Field.Keywords, "关键词 关键字 主题词 技术关键词 标签 技术标签 keyword keywords keywordsauthor kw tags"),
        (Field.Applicants, """
            当前权利人 当前申请专利权人 标当前申请专利权人 当前专利权人 专利权人 专利权属人 权利人 当前申请人 现专利权人 专利权所有人 申请专利权人 申请人专利权人 专利权人申请人 申请人权利人 申请人 原始申请专利权人 标原始申请专利权人 标准化申请人 标准申请人
            申请人名称 申请人姓名 申请单位 专利申请人 第一申请人 申请机构 所有人 持有人 单位 完成单位 申请权利人 专利权单位 申请者 专利权人名称 专利持有人 权属单位 当前专利权人姓名
            applicants applicant assignee assignees currentassignee currentassignees patentee patentees owner owners holder applicantname applicantnames assigneename assigneeapplicant assigneeoriginal pa organ com patentassignee originalassignee 公司 机构
            """),
        (Field.Inventors, """
            发明人 发明设计人 发明人设计人 设计人 发明人姓名 发明者 全部发明人 作者 完成人 发明人中文 主要发明人 第一发明人 发明设计者 成果完成人 专利发明人
            inventors inventor designer designers author authors inventorname inventornames in inv au inventorauthor 当前发明人
            """),
        (Field.FiledOn, """
            申请日 申请日期 专利申请日 申请时间 提交日期 递交日 专利申请日期 申请年月日
            filingdate applicationdate filedon filed dateoffiling appdate appldate ad apd filingcreationdate datefiled filedate
            """),
        (Field.PublishedOn, """
            公开公告日 公开日 公开公告日期 公开日期 公布日 公告日 公告日期 申请公布日 申请公开日 申请公布日授权公告日 公开日公告日 公布日期 公开时间 发表时间 出版日期 首次公开日 公告公开日 公布公告日 公开公布日 申请公布日期
            publicationdate publishedon published datepublished pubdate pd pbd authorizedannouncementdate announcementdate publdate dateofpublication
            """),
        (Field.GrantedOn, "授权公告日 授权日 授权日期 授权公告日期 授权时间 专利授权日 专利授权日期 授予日 grantdate grantedon dateofgrant issuedate granted dategranted"),
        (Field.ExpiresOn, "预估到期日 到期日 届满日 失效日 专利到期日 预计到期日 专利权届满日 到期日期 失效日期 expirydate expirationdate expireson estimatedexpirationdate anticipatedexpiration 预估失效日"),
        (Field.Kind, "专利类型 专利种类 类型 专利类别 申请类型 文献类型 patenttype kind type doctype documenttype kindofpatent pt 种类 专利类型名称 专利申请类型"),
        (Field.LegalStatus, """
            法律状态事件 当前法律状态 法律状态 最新法律状态 专利权状态 当前状态 专利有效性 简单法律状态 有效性 当前专利状态 专利状态 案件状态 法律状态信息 最新状态 法律事件 状态 法律信息 专利权有效性 专利法律状态
            legalstatus status simplelegalstatus currentlegalstatus legalstate patentstatus ls
            """),
        (Field.LegalStatusOn, "法律状态公告日 法律状态最后修改日期 法律状态日期 法律状态更新日 法律状态更新时间 最新法律状态日期 法律状态生效日 法律状态日 状态日期 法律状态更新日期 法律状态公告日期 legalstatusdate legalstatuson statusdate legaleventdate"),
        (Field.Readiness, "技术就绪度 技术成熟度 成熟度 就绪度 技术就绪度等级 技术成熟度等级 就绪度等级 trl readiness technologyreadinesslevel trl等级"),
        (Field.Prospect, "产业化前景 产业化前景分级 转化前景 前景 产业化前景评价 分级 产业化前景分类 prospect"),
        (Field.TransferModes, "转化方式 转让方式 许可方式 意向转化方式 拟转化方式 转化意向 交易方式 合作方式 转化模式 意向合作方式 运用方式 transfermodes transfermode modes"),
        (Field.Money, "意向价格 价格 转让价格 意向金额 报价 挂牌价格 转化价格 拟转让价格 交易价格 期望价格 售价 askingprice price"),
        (Field.SourceId, "来源标识 来源id 记录标识 记录号 源标识 sourceid recordid"),
    ];

    private static readonly (Field Field, string Names)[] Needs =
    [
        (Field.SourceId, "需求编号 来源标识 编号 需求id 记录号 唯一标识 需求标识 id sourceid needid guid uuid recordid"),
        (Field.Title, "需求名称 需求标题 技术需求名称 标题 名称 难题名称 项目名称 技术需求 需求项目名称 技术难题 主题 需求题目 题目 title name subject needtitle"),
        (Field.Description, "需求描述 需求内容 技术需求描述 需求详情 需求说明 详细描述 内容 描述 具体描述 技术需求详情 需求简介 技术需求内容 需求具体内容 难题描述 正文 需求背景及内容 主要内容 description text content detail details body need"),
        (Field.Keywords, "关键词 关键字 技术关键词 标签 主题词 keywords keyword tags"),
        (Field.Name, "企业名称 需求企业 单位名称 需求单位 公司名称 企业 需求方 单位 发布单位 提出单位 联系单位 enterprise enterprisename company companyname organization"),
        (Field.Code, "统一社会信用代码 社会信用代码 信用代码 统一信用代码 企业代码 机构代码 组织机构代码 creditcode uscc unifiedsocialcreditcode usci"),
        (Field.Industry, "所属行业 行业代码 行业 国民经济行业 行业分类 国民经济行业代码 所属领域代码 行业类别 国民经济行业分类 industrycode industry"),
        (Field.Ipc, "ipc提示 ipc ipc分类号 分类号 相关ipc ipchints ipccodes"),
        (Field.TransferModes, "可接受转化方式 可接受的转化方式 接受转化方式 合作方式 转化方式 意向合作方式 期望合作方式 可接受方式 拟合作方式 合作模式 acceptedmodes transfermodes modes"),
        (Field.Money, "预算 投入预算 经费预算 意向金额 拟投入资金 资金预算 拟投入金额 投资预算 计划投入 意向投入 预算金额 拟投入经费 budget money"),
        (Field.Readiness, "最低技术就绪度 最低就绪度 技术就绪度 技术成熟度 最低技术成熟度 期望成熟度 成熟度要求 minreadiness readiness trl mintrl"),
        (Field.Province, "意向地区 期望地区 地区要求 意向省份 合作地区 意向地域 供方地区 意向区域 地区 provinces province regions region"),
        (Field.Deadline, "截止日期 截止时间 需求截止日期 有效期至 有效期 解决期限 截止日 完成时限 deadline duedate expireson"),
        (Field.Visibility, "可见范围 公开范围 公开方式 保密 是否公开 保密要求 保密级别 公开程度 visibility"),
        (Field.Status, "状态 需求状态 status"),
    ];

    private static readonly (Field Field, string Names)[] Institutions =
    [
        (Field.Code, "机构代码 学校标识码 标识码 学校代码 代码 院校代码 机构编码 单位代码 编码 统一社会信用代码 code institutioncode schoolcode"),
        (Field.Name, "机构名称 学校名称 名称 院校名称 单位名称 高校名称 单位 name institution institutionname schoolname"),
        (Field.Level, "类型 机构类型 单位类型 类别 机构类别 kind type"),
        (Field.Province, "省份 省 所在省 所在省份 省市 省区市 所在地省份 province provincefromcode 所在地区 地区"),
        (Field.City, "城市 市 所在地 所在城市 所在市 city location"),
    ];

    private static readonly (Field Field, string Names)[] Enterprises =
    [
        (Field.Code, "统一社会信用代码 社会信用代码 信用代码 统一信用代码 企业代码 code creditcode uscc unifiedsocialcreditcode"),
        (Field.Name, "企业名称 公司名称 单位名称 名称 企业 name enterprise enterprisename company companyname"),
        (Field.Province, "省份 省 所在省 所在省份 所属省份 注册地省份 province 所在地区 地区"),
        (Field.City, "城市 市 所在地 所在城市 所在市 所属城市 city"),
        (Field.Industry, "所属行业 行业代码 行业 国民经济行业 行业分类 国民经济行业代码 行业类别 国民经济行业分类 industrycode industry"),
        (Field.Employees, "从业人员 从业人员数 员工人数 职工人数 人员规模 从业人数 员工数 职工总数 参保人数 从业人员数量 employees staff headcount"),
        (Field.Revenue, "营业收入 年营业收入 营收 主营业务收入 销售收入 上年营业收入 上年度营业收入 revenue"),
        (Field.TotalAssets, "资产总额 总资产 资产总计 totalassets assets"),
        (Field.Qualifications, "资质 企业资质 资质荣誉 荣誉资质 企业认定 认定资质 称号 企业称号 qualifications qualification"),
        (Field.SourceId, "来源标识 编号 id sourceid"),
    ];

    private static readonly (Field Field, string Names)[] Codes =
    [
        (Field.Code, "code 代码 分类号 ipc ipc分类号 行业代码 编码 类号 symbol 符号 ipc代码"),
        (Field.Level, "level 级别 层级 类别 等级 kind"),
        (Field.Title, "title 名称 类目名称 行业名称 类名 标题 name 含义 说明 释义 内容"),
    ];

    private static readonly FrozenDictionary<ImportKind, Lazy<FrozenDictionary<string, Meaning>>> Tables = new Dictionary<ImportKind, Lazy<FrozenDictionary<string, Meaning>>>
    {
        [ImportKind.Patents] = new(() => Build(Patents)),
        [ImportKind.Needs] = new(() => Build(Needs)),
        [ImportKind.Institutions] = new(() => Build(Institutions)),
        [ImportKind.Enterprises] = new(() => Build(Enterprises)),
        [ImportKind.Ipc] = new(() => Build(Codes)),
        [ImportKind.Industries] = new(() => Build(Codes)),
    }.ToFrozenDictionary();

    private static FrozenDictionary<string, Meaning> Build((Field Field, string Names)[] table)
    {
        var meanings = new Dictionary<string, Meaning>(StringComparer.Ordinal);
        foreach (var (field, names) in table)
        {
            var rank = 0;
            foreach (var name in names.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                meanings.TryAdd(Key(name), new Meaning(field, rank++, 1m));
            meanings.TryAdd(Key(field.ToString()), new Meaning(field, rank, 1m));
        }
        return meanings.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
