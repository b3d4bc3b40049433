import type { CodegenConfig } from '@graphql-codegen/cli';

/** The typed client of the demo and of the end-to-end tests: its operations, checked against what schema.graphql says. */
const config: CodegenConfig = {
  schema: 'schema.graphql',
  documents: 'src/cli/client/operations/**/*.graphql',
  generates: {
    'src/cli/client/generated/': {
      preset: 'client',
      presetConfig: {
        fragmentMasking: false,
        persistedDocuments: { hashAlgorithm: 'sha256', mode: 'embedHashInDocument' },
      },
      config: {
        documentMode: 'string',
        enumsAsTypes: true,
        useTypeImports: true,
        immutableTypes: true,
        importExtension: '.ts',
        strictScalars: true,
        scalars: { ID: 'string', Decimal: 'string', DateTime: 'string', JSON: 'unknown' },
      },
    },
  },
};

export default config;
