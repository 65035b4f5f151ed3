using System.Linq.Expressions;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Access;

/// <summary>Puts the rules of rows into the model, so that they are part of every statement, also where a row is only counted, joined or asked for by the way.</summary>
internal static class RowRights
{
    public static void Apply(ModelBuilder model, StoreContext store)
    {
        Filter(model, store, Rights.NeedRows);
        Filter(model, store, Rights.InvitationRows);
        Filter(model, store, Rights.EnterpriseRows);
        Filter(model, store, Rights.RecommendationRows);
        Filter(model, store, Rights.WebhookRows);
        Filter(model, store, Rights.DeliveryRows);
        Filter(model, store, Rights.DigestRows);
        Filter(model, store, Rights.FeedRows);
        Filter(model, store, Rights.AuditRows);
    }

    // EF takes the context that it finds in a filter for whichever one asks.
    private static void Filter<T>(ModelBuilder model, StoreContext store, Expression<Func<StoreContext, T, bool>> rule) where T : class
    {
        var body = new Api.Replace(rule.Parameters[0], Expression.Constant(store, store.GetType())).Visit(rule.Body);
        model.Entity<T>().HasQueryFilter(Expression.Lambda<Func<T, bool>>(body, rule.Parameters[1]));
    }
}
