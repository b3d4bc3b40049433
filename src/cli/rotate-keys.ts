import { parseArgs } from 'node:util';
import { addVisitKey } from '../access/index.ts';
import { migrate, openDatabase } from '../database/index.ts';
import { StartupError } from '../startup/index.ts';
import { explain } from './explain.ts';
import { runningDatabaseUrl } from './running-database.ts';

const USAGE = `Usage: npm run rotate-keys

Makes a new key for the tokens of visitors. Every gateway that runs signs with it from five seconds on; tokens that were
signed before stay good until they expire, and then their key is deleted.
`;

const rotate = async (): Promise<string> => {
  await using database = openDatabase({ url: runningDatabaseUrl(), name: 'rotate-keys', maxConnections: 1 });
  await migrate(database.db);
  return `New visits are signed with the key ${await addVisitKey(database)} from five seconds on.\n`;
};

const wantsHelp = (): boolean => {
  try {
    return parseArgs({ options: { help: { type: 'boolean', default: false } } }).values.help;
  } catch (error) {
    throw new StartupError(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
};

try {
  process.stdout.write(wantsHelp() ? USAGE : await rotate());
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
