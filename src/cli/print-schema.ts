import { lexicographicSortSchema, printSchema } from 'graphql';
import { schema, subgraph } from '../schema/index.ts';
import { printFile } from './print-file.ts';

await printFile({
  name: 'schema.graphql',
  text: `${printSchema(lexicographicSortSchema(schema))}\n`,
  command: 'npm run schema',
});
await printFile({ name: 'subgraph.graphql', text: subgraph().sdl, command: 'npm run schema' });
