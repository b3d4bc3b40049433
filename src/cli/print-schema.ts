import { readFile, writeFile } from 'node:fs/promises';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { schema } from '../schema/index.ts';

const FILE = new URL('../../schema.graphql', import.meta.url);

const printed = `${printSchema(lexicographicSortSchema(schema))}\n`;

const isCurrent = async (): Promise<boolean> => {
  try {
    return (await readFile(FILE, 'utf8')) === printed;
  } catch {
    return false;
  }
};

if (!process.argv.includes('--check')) {
  await writeFile(FILE, printed);
} else if (!(await isCurrent())) {
  process.stderr.write(
    'schema.graphql is not what the code says: run `node src/cli/print-schema.ts` and commit the result.\n',
  );
  process.exitCode = 1;
}
