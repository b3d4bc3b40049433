import { parseArgs } from 'node:util';
import { openDatabase } from '../database/index.ts';
import { StartupError } from '../startup/index.ts';
import { authenticateSimulated } from '../write/index.ts';
import { explain } from './explain.ts';
import { runningWriteUrl } from './running-database.ts';

const USAGE = `Usage: npm run authenticate -- CLIENT_SECRET [--refuse]

Plays the customer of the simulated payment provider: completes the payment that waits for its customer, as a bank's
page would, or refuses it. CLIENT_SECRET is what the order shows in payment { nextAction { clientSecret } }.
`;

const authenticate = async (clientSecret: string, isRefused: boolean): Promise<string> => {
  await using database = openDatabase({ url: runningWriteUrl(), name: 'authenticate', maxConnections: 1 });
  if (await authenticateSimulated(database.db, clientSecret, isRefused))
    return isRefused ? 'The payment is refused.\n' : 'The payment is completed.\n';
  throw new StartupError(
    `No payment waits for its customer under "${clientSecret}": ask the order for payment { nextAction { clientSecret } } again.`,
  );
};

const run = async (): Promise<string> => {
  try {
    const options = { refuse: { type: 'boolean', default: false } } as const;
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const [clientSecret] = positionals;
    return clientSecret === undefined ? USAGE : await authenticate(clientSecret, values.refuse);
  } catch (error) {
    if (error instanceof StartupError || !(error instanceof TypeError)) throw error;
    throw new StartupError(`${error.message}\n\n${USAGE}`);
  }
};

try {
  process.stdout.write(await run());
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
