// The peers: what a front-end team would put before the same rows. node server.mjs mercurius|yoga DATABASE
// better-sqlite3 answers in place, so holders are read a row at a time with a prepared statement: batching them is slower.
import { createServer } from 'node:http';
import Database from 'better-sqlite3';

const [kind, file] = process.argv.slice(2);
const database = new Database(file, { readonly: true });
database.pragma('mmap_size = 268435456');

const columns = 'id, title, kind, legal_status, filed_on, publication_number, ipc_codes, abstract, holder_id';
const page = database.prepare(`SELECT ${columns} FROM patents ORDER BY id LIMIT ?`);
const pageAfter = database.prepare(`SELECT ${columns} FROM patents WHERE id > ? ORDER BY id LIMIT ?`);
const count = database.prepare('SELECT COUNT(*) FROM patents').pluck();
const one = database.prepare(`SELECT ${columns} FROM patents WHERE id = ?`);
const institution = database.prepare('SELECT name, province FROM institutions WHERE id = ?');
const found = database.prepare(`SELECT ${columns.replaceAll(/\w+/g, 'p.$&')} FROM found f JOIN patents p ON p.rowid = f.rowid
  WHERE found MATCH ? ORDER BY bm25(found, 3, 1, 0.5, 2), p.id LIMIT ?`);
const foundCount = database.prepare('SELECT COUNT(*) FROM found WHERE found MATCH ?').pluck();

const constant = (name) => name.replaceAll(/(?<=.)[A-Z]/g, '_$&').toUpperCase();
const idOf = (key) => Buffer.from('Patent:' + key.replaceAll('-', '').toLowerCase()).toString('base64');
const keyOf = (id) => Buffer.from(id, 'base64').toString().replace(/^Patent:(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5').toUpperCase();
const cursorOf = (row) => Buffer.from(JSON.stringify(['Patent:', [row.id.toLowerCase()]])).toString('base64url');
const keyAt = (cursor) => JSON.parse(Buffer.from(cursor, 'base64url').toString())[1][0].toUpperCase();

const things = Array.from({ length: 20 }, (_, i) => ({ id: `thing-${i}`, name: `名称 ${i}`, value: i * 1.5, active: i % 2 === 0 }));

const schema = `
  scalar LocalDate
  enum PatentKind { INVENTION UTILITY_MODEL DESIGN }
  enum LegalStatus { UNKNOWN PENDING GRANTED EXPIRED LAPSED WITHDRAWN REJECTED INVALIDATED ABANDONED }
  type Thing { id: ID! name: String! value: Float! active: Boolean! }
  type Institution { name: String! province: String! }
  type Patent {
    id: ID! title: String! kind: PatentKind! legalStatus: LegalStatus! filedOn: LocalDate publicationNumber: String
    ipcCodes: [String!]! abstract: String holder: Institution
  }
  type PageInfo { hasNextPage: Boolean! endCursor: String }
  type PatentsConnection { nodes: [Patent!] pageInfo: PageInfo! totalCount: Int! }
  type PatentSearchHit { patent: Patent! }
  type PatentSearchConnection { nodes: [PatentSearchHit!] pageInfo: PageInfo! totalCount: Int! }
  type Query {
    things: [Thing!]!
    patents(first: Int = 10, after: String): PatentsConnection
    patent(id: ID!): Patent
    searchPatents(query: String!, first: Int = 10): PatentSearchConnection!
  }`;

const resolvers = {
  Query: {
    things: () => things,
    patents(_, { first, after }) {
      const rows = after ? pageAfter.all(keyAt(after), first + 1) : page.all(first + 1);
      const hasNextPage = rows.length > first;
      if (hasNextPage) rows.pop();
      return { nodes: rows, pageInfo: { hasNextPage, endCursor: rows.length ? cursorOf(rows.at(-1)) : null } };
    },
    patent: (_, { id }) => one.get(keyOf(id)),
    searchPatents(_, { query, first }) {
      const phrase = `"${query.replaceAll('"', '""')}"`;
      const rows = found.all(phrase, first + 1);
      const hasNextPage = rows.length > first;
      if (hasNextPage) rows.pop();
      return { nodes: rows.map((patent) => ({ patent })), pageInfo: { hasNextPage, endCursor: null }, phrase };
    },
  },
  PatentsConnection: { totalCount: () => count.get() },
  PatentSearchConnection: { totalCount: ({ phrase }) => foundCount.get(phrase) },
  Patent: {
    id: (row) => idOf(row.id),
    kind: (row) => constant(row.kind),
    legalStatus: (row) => constant(row.legal_status),
    filedOn: (row) => row.filed_on,
    publicationNumber: (row) => row.publication_number,
    ipcCodes: (row) => JSON.parse(row.ipc_codes),
    holder: (row) => (row.holder_id === null ? null : institution.get(row.holder_id)),
  },
};

async function mercurius() {
  const [{ default: fastify }, { default: plugin }] = await Promise.all([import('fastify'), import('mercurius')]);
  const app = fastify();
  app.register(plugin, { schema, resolvers, jit: 1, path: '/graphql' });
  return app.listen({ host: '127.0.0.1', port: 0 });
}

async function yoga() {
  const { createSchema, createYoga } = await import('graphql-yoga');
  const server = createServer(createYoga({ schema: createSchema({ typeDefs: schema, resolvers }), logging: false, graphiql: false }));
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return `http://127.0.0.1:${server.address().port}`;
}

console.log('listens on ' + (await (kind === 'yoga' ? yoga() : mercurius())));
