// The schema as Relay uses it: pages by @connection and @refetchable, one thing by node, a new need put into a list.
import { graphql } from 'relay-runtime';

export const patents = graphql`
  query patentsQuery($first: Int!, $where: PatentFilterInput) {
    ...patents_list @arguments(first: $first, where: $where)
  }
`;

export const list = graphql`
  fragment patents_list on Query
  @argumentDefinitions(first: { type: "Int", defaultValue: 10 }, after: { type: "String" }, where: { type: "PatentFilterInput" })
  @refetchable(queryName: "patentsPageQuery") {
    patents(first: $first, after: $after, where: $where) @connection(key: "patents_patents", filters: ["where"]) {
      edges { node { id title ...patents_card } }
    }
  }
`;

export const card = graphql`
  fragment patents_card on Patent @refetchable(queryName: "patentsCardQuery") {
    title
    holder { name }
    matches(first: 3) { edges { node { score need { id title } } } }
  }
`;

export const needs = graphql`
  fragment patents_needs on Enterprise
  @argumentDefinitions(first: { type: "Int", defaultValue: 10 }, after: { type: "String" })
  @refetchable(queryName: "patentsNeedsPageQuery") {
    needs(first: $first, after: $after) @connection(key: "patents_needs") { __id edges { node { id title } } }
  }
`;

export const create = graphql`
  mutation patentsCreateNeedMutation($input: CreateNeedInput!, $connections: [ID!]!) {
    createNeed(input: $input) {
      need @appendNode(connections: $connections, edgeTypeName: "NeedsEdge") { id title }
      errors { __typename ... on Error { message code } }
    }
  }
`;

export const inbox = graphql`
  query patentsInboxQuery {
    recommendations(first: 10) @connection(key: "patents_recommendations") {
      edges { cursor node { id state match { score patent { title } } } }
    }
  }
`;
