// Speaks graphql-transport-ws with the server at the given URL as a front end would, by the npm package graphql-ws.
// One line of JSON a step; the caller writes between the second and the third.
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

const url = process.argv[2];
const say = (step, value) => console.log(JSON.stringify({ step, value }));
const pings = [];
const client = createClient({
  url: url.replace(/^http/, 'ws'), webSocketImpl: WebSocket, retryAttempts: 0, lazy: false,
  on: { ping: (received) => received && pings.push('ping'), closed: (event) => say('closed', { code: event.code, reason: event.reason }) },
});

async function all(request) {
  const results = [];
  for await (const result of client.iterate(request)) results.push(result);
  return results;
}

say('query', await all({ query: '{ __typename }' }));
say('refused', await all({ query: '{ nothing }' }).catch((errors) => errors));
const [made] = await all({ query: 'mutation { createNeed(input: { title: "硅碳负极", description: "硅碳负极膨胀小，需要量产技术" }) { need { title } errors { __typename } } }' });
say('mutation', made);

const positions = [];
let cursor;
for await (const { data } of client.iterate({ query: 'subscription { indexAdvanced { cursor position lag } }' })) {
  positions.push(data.indexAdvanced.position);
  if (positions.length === 3) {
    cursor = data.indexAdvanced.cursor;
    break;
  }
  await all({ query: `mutation { createNeed(input: { title: "需求${positions.length}", description: "膨胀小的负极" }) { need { id } } }` });
}
say('positions', positions);

const after = [];
await all({ query: 'mutation { createNeed(input: { title: "断线之后", description: "膨胀小的负极" }) { need { id } } }' });
for await (const { data } of client.iterate({ query: 'subscription($after: String) { indexAdvanced(after: $after) { position } }', variables: { after: cursor } })) {
  after.push(data.indexAdvanced.position);
  break;
}
say('after', after);
while (pings.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
say('ping', pings[0]);
await client.dispose();
