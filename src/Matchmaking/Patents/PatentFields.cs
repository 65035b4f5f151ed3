using GraphQL;
using GraphQL.Types;
using Matchmaking.Api;
using Matchmaking.Organizations;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Patents;

/// <summary>A patent on the wire.</summary>
internal sealed class PatentType : EntityType<Patent>
{
    /// <summary>What a list of patents may be filtered and sorted by.</summary>
    public static readonly Filterable<Patent> Filterable = new Filterable<Patent>("Patent")
        .Add(p => p.ApplicationNumber).Add(p => p.PublicationNumber).Add(p => p.Kind).Add(p => p.Title).Add(p => p.Abstract)
        .Add(p => p.IpcCodes).Add(p => p.Keywords).Add(p => p.CoHolders).Add(p => p.Inventors)
        .Add(p => p.FiledOn).Add(p => p.PublishedOn).Add(p => p.GrantedOn).Add(p => p.ExpiresOn)
        .Add(p => p.LegalStatus).Add(p => p.LegalStatusOn).Add(p => p.Readiness).Add(p => p.Prospect).Add(p => p.TransferModes).Add(p => p.AskingPrice)
        .Add(p => p.CreatedAt).Add(p => p.UpdatedAt)
        .Add(p => p.Holder, InstitutionType.Filterable);

    public PatentType() : base(p => p.Id, p => p.HolderId, p => p.Holder, p => p.SourceId, p => p.IdempotencyKey, p => p.Publications, p => p.LegalEvents)
    {
        Description = "A stock patent: one application with its publications and its legal life (存量专利).";
        Field<InstitutionType>("holder").Description("The institution that holds it; null where the source didn't say or the holder is no institution (专利权人).").Weighs(Costs.Asking)
            .Resolve(c => c.Source.Holder ?? (object?)(c.Source.HolderId is { } holder ? c.Get<Batches>().ById<Institution>().Load(holder) : null))
            .FieldType.Joining<Patent>(nameof(Patent.Holder));
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<PublicationType>>>>("publications").Description("Its publications, oldest first (公开公告).").Weighs(Costs.Asking)
            .Resolve(c => c.Get<Batches>().Children("publications", Publications, p => p.PatentId).Load(c.Source.Id)).FieldType.ReadingNothing();
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<LegalEventType>>>>("legalEvents").Description("What happened to it, oldest first (法律状态事件).").Weighs(Costs.Asking)
            .Resolve(c => c.Get<Batches>().Children("legalEvents", LegalEvents, e => e.PatentId).Load(c.Source.Id)).FieldType.ReadingNothing();
    }

    protected override bool IsFetchedByColumns => true;

    private static IQueryable<Publication> Publications(StoreContext store, IReadOnlyCollection<Guid> patents) =>
        store.Publications.Where(p => patents.Contains(p.PatentId)).OrderBy(p => p.On).ThenBy(p => p.Number);

    private static IQueryable<LegalEvent> LegalEvents(StoreContext store, IReadOnlyCollection<Guid> patents) =>
        store.LegalEvents.Where(e => patents.Contains(e.PatentId)).OrderBy(e => e.On).ThenBy(e => e.Id);
}

internal sealed class PublicationType : ValueType<Publication>
{
    public PublicationType() : base(p => p.PatentId)
    {
        Name = "Publication";
        Description = "One publication of an application (公开、公告).";
    }
}

internal sealed class LegalEventType : ValueType<LegalEvent>
{
    public LegalEventType() : base(e => e.Id, e => e.PatentId)
    {
        Name = "LegalEvent";
        Description = "An event of a patent's legal life, in the source's words (法律状态事件).";
    }
}

internal sealed class OpenLicenseType : ValueType<OpenLicense>
{
    public OpenLicenseType()
    {
        Name = "OpenLicense";
        Description = "A declaration that everyone may take a licence on stated terms (开放许可).";
    }
}
