// Asks what relay-compiler made of frontend/relay, by the ids of its persisted documents, as a Relay front end in production does.
// One line of JSON a step. Usage: node frontend/relay.mjs URL
import { Environment, Network, RecordSource, Store, commitMutation, createOperationDescriptor, fetchQuery } from 'relay-runtime';
import create from './relay/__generated__/patentsCreateNeedMutation.graphql.js';
import inbox from './relay/__generated__/patentsInboxQuery.graphql.js';
import next from './relay/__generated__/patentsPageQuery.graphql.js';
import patents from './relay/__generated__/patentsQuery.graphql.js';

const url = process.argv[2];
const say = (step, value) => console.log(JSON.stringify({ step, value }));
const environment = new Environment({
  store: new Store(new RecordSource()),
  network: Network.create(async ({ id: documentId }, variables) => {
    const response = await fetch(url, {
      method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' }, body: JSON.stringify({ documentId, variables }),
    });
    return response.json();
  }),
});

const where = { legalStatus: { eq: 'GRANTED' } };
await fetchQuery(environment, patents, { first: 3, where }).toPromise();
const keptRecords = environment.retain(createOperationDescriptor(patents, { first: 3, where }));
const connection = () => {
  const source = environment.getStore().getSource();
  const key = source.getRecordIDs().find((id) => id.includes('__patents_patents_connection'));
  const { edges, pageInfo } = source.get(key);
  return { edges: edges.__refs.length, end: source.get(pageInfo.__ref).endCursor, more: source.get(pageInfo.__ref).hasNextPage };
};
const first = connection();
await fetchQuery(environment, next, { first: 3, after: first.end, where }).toPromise();
say('pages', { first: first.edges, then: connection().edges, more: first.more });
keptRecords.dispose();

const mutated = await new Promise((resolve, reject) => commitMutation(environment, {
  mutation: create, variables: { input: { title: '' }, connections: [] }, onCompleted: resolve, onError: reject,
}));
say('mutation', { need: mutated.createNeed.need, errors: mutated.createNeed.errors.map((error) => error.__typename) });
const told = await fetchQuery(environment, inbox, {}).toPromise();
say('inbox', told.recommendations.edges.length);
