// What a front end does on its first day, typed by what was generated: reads a page with Apollo, the next with urql, follows with graphql-ws.
// One line of JSON a step. Usage: node built/app.js URL
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { createPersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { relayStylePagination } from '@apollo/client/utilities';
import { Client, cacheExchange, fetchExchange, subscriptionExchange } from '@urql/core';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { parse } from 'graphql';
import { createHash } from 'node:crypto';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import {
  CreateNeedRefusedDocument, FollowIndexDocument, OpenNeedsDocument, PatentByNumberDocument, SearchPatentsDocument,
  type Need, type PatentsConnection,
} from './generated/operations.js';

const url = process.argv[2]!;
const say = (step: string, value: unknown) => console.log(JSON.stringify({ step, value }));
const socket = createClient({ url: url.replace(/^http/, 'ws'), webSocketImpl: WebSocket });

// Apollo: automatic persisted queries before HTTP, subscriptions over the socket, pages put together in the cache.
const sent: Array<{ hash: boolean; document: boolean }> = [];
const http = new HttpLink({
  uri: url,
  fetch: async (input, init) => {
    const body = JSON.parse(String(init?.body)) as { query?: string; extensions?: { persistedQuery?: unknown } };
    sent.push({ hash: body.extensions?.persistedQuery !== undefined, document: body.query !== undefined });
    return fetch(input, init);
  },
});
const persisted = createPersistedQueryLink({ sha256: (document) => createHash('sha256').update(document).digest('hex') });
const apollo = new ApolloClient({
  link: ApolloLink.split(({ operationType }) => operationType === 'subscription', new GraphQLWsLink(socket), ApolloLink.from([persisted, http])),
  cache: new InMemoryCache({
    possibleTypes: { Node: ['Enterprise', 'Institution', 'Need', 'Patent', 'Recommendation'] },
    typePolicies: { Query: { fields: { patents: relayStylePagination(['where', 'order']) } } },
  }),
});

const { data: needs } = await apollo.query({ query: OpenNeedsDocument });
const budgets = needs!.needs?.nodes?.map((need: Pick<Need, 'title' | 'budget'>) => need.budget!) ?? [];
say('apollo', { total: needs!.needs?.totalCount, budgets, numbers: budgets.every((budget) => typeof budget === 'number') });

type Page = { patents: Pick<PatentsConnection, 'edges' | 'pageInfo'> };
const page: TypedDocumentNode<Page, { after?: string | null }> =
  parse('query Page($after: String) { patents(first: 20, after: $after) { edges { cursor node { id title } } pageInfo { hasNextPage endCursor } } }');
const pages = apollo.watchQuery({ query: page, variables: {} });
const shown = pages.subscribe(() => undefined);
let last = (await pages.refetch()).data!;
while (last.patents.pageInfo.hasNextPage) last = (await pages.fetchMore({ variables: { after: last.patents.pageInfo.endCursor ?? null } })).data!;
const merged = apollo.readQuery({ query: page, variables: {} })!.patents.edges!;
say('pages', { merged: merged.length, distinct: new Set(merged.map((edge) => edge.node.id)).size });
shown.unsubscribe();
say('persisted', { first: sent.slice(0, 2), again: (await apollo.query({ query: OpenNeedsDocument, fetchPolicy: 'network-only' }), sent.at(-1)) });

const step = await new Promise<unknown>((resolve, reject) => {
  const following = apollo.subscribe({ query: FollowIndexDocument }).subscribe({
    next: ({ data }) => { resolve(data?.indexAdvanced); following.unsubscribe(); },
    error: reject,
  });
});
say('followed', step);

// urql: cached by document, refusals typed by their __typename.
const urql = new Client({
  url,
  preferGetMethod: false,
  exchanges: [cacheExchange, fetchExchange, subscriptionExchange({
    forwardSubscription: ({ query, variables }) => ({
      subscribe: (sink) => ({ unsubscribe: socket.subscribe({ query: query!, variables: (variables ?? {}) as Record<string, unknown> }, sink as never) }),
    }),
  })],
});
const found = await urql.query(SearchPatentsDocument, {}).toPromise();
say('urql', { error: found.error?.message, hits: found.data?.searchPatents.edges?.length });
const refused = await urql.mutation(CreateNeedRefusedDocument, {}).toPromise();
say('refused', refused.data!.createNeed.errors?.map((error) => (error.__typename === 'InvalidInputError' ? error.field : error.__typename)));
const one = await urql.query(PatentByNumberDocument, {}, { preferGetMethod: 'force' }).toPromise();
say('get', { error: one.error?.message, title: typeof one.data?.patentByNumber?.title });
const never = await urql.query(parse('{ nothing }') as TypedDocumentNode<object, Record<string, never>>, {}).toPromise();
say('wrong', { graphQL: never.error?.graphQLErrors.map((error) => error.extensions['code']), network: never.error?.networkError?.message ?? null });

await socket.dispose();
apollo.stop();
