import type { CodegenConfig } from '@graphql-codegen/cli';

const typedClient = (folder: string) => ({
  preset: 'client' as const,
  documents: [`${folder}/**/*.ts`, `!${folder}/generated/**`],
  presetConfig: { fragmentMasking: false },
  config: {
    enumsAsTypes: true,
    useTypeImports: true,
    immutableTypes: true,
    importExtension: '.ts',
    strictScalars: true,
    scalars: { Decimal: 'string', DateTime: 'string', JSON: 'unknown' },
  },
});

/** The typed clients of the end-to-end tests and of the demo, from what schema.graphql says. */
const config: CodegenConfig = {
  schema: 'schema.graphql',
  ignoreNoDocuments: true,
  generates: {
    'src/cli/demo/generated/': typedClient('src/cli/demo'),
    'test/client/generated/': typedClient('test/client'),
  },
};

export default config;
