// Asks the server at the given URL by server-sent events, distinct connections, by the npm package graphql-sse. One line of JSON a step.
import { createClient } from 'graphql-sse';

const url = process.argv[2];
const say = (step, value) => console.log(JSON.stringify({ step, value }));
const client = createClient({ url, retryAttempts: 0 });

async function all(request) {
  const results = [];
  for await (const result of client.iterate(request)) results.push(result);
  return results;
}

say('query', await all({ query: '{ __typename }' }));
say('refused', await all({ query: '{ nothing }' }));
const positions = [];
let cursor;
for await (const { data } of client.iterate({ query: 'subscription { indexAdvanced { cursor position } }' })) {
  positions.push(data.indexAdvanced.position);
  cursor = data.indexAdvanced.cursor;
  if (positions.length === 3) break;
  const [made] = await all({ query: `mutation { createNeed(input: { title: "需求${positions.length}", description: "膨胀小的负极" }) { need { title } errors { __typename } } }` });
  if (positions.length === 1) say('mutation', made);
}
say('positions', positions);
say('cursor', cursor);
