// The types that a front end in TypeScript gets from the SDL as it stands, for each of our sample operations.
// What a scalar is in JSON is said once, here; strictScalars refuses one that is missing.
export default {
  schema: '../../schema/matchmaking.graphql',
  documents: '../../schema/operations/*.graphql',
  generates: {
    'frontend/generated/operations.ts': {
      plugins: ['typescript', 'typescript-operations', 'typed-document-node'],
      config: {
        strictScalars: true,
        scalars: { ID: 'string', DateTime: 'string', LocalDate: 'string', Decimal: 'number', Long: 'number' },
        enumsAsTypes: true, avoidOptionals: { field: true }, useTypeImports: true, dedupeFragments: true,
      },
    },
  },
};
