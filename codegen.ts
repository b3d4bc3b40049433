import type { CodegenConfig } from '@graphql-codegen/cli';

const types = {
  enumsAsTypes: true,
  useTypeImports: true,
  immutableTypes: true,
  importExtension: '.ts',
  strictScalars: true,
  scalars: { ID: 'string', Decimal: 'string', DateTime: 'string', JSON: 'unknown' },
} as const;

const pages = '{console,shop,ui}/**/*.graphql';

/** The typed clients, each operation checked against what schema.graphql says. */
const config: CodegenConfig = {
  schema: 'schema.graphql',
  generates: {
    /** Of the demo and of the end-to-end tests. */
    'src/cli/client/generated/': {
      documents: 'src/cli/client/operations/**/*.graphql',
      preset: 'client',
      presetConfig: {
        fragmentMasking: false,
        persistedDocuments: { hashAlgorithm: 'sha256', mode: 'embedHashInDocument' },
      },
      config: { ...types, documentMode: 'string' },
    },
    /** Of the pages in browsers. */
    'ui/generated/operations.ts': {
      documents: pages,
      plugins: ['typescript-operations', './tools/document-ids.ts'],
      config: types,
    },
    'ui/generated/documents.json': { documents: pages, plugins: ['./tools/document-ids.ts'] },
  },
};

export default config;
