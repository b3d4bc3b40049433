import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Config, readConfig } from '../../platform/index.ts';
import type { Servers } from '../../servers/index.ts';
import { connect } from '../client.ts';
import { interrupted } from '../interrupted.ts';
import { ownTokenOf } from '../own-token.ts';
import { runPanier } from '../run-panier.ts';
import { type CallLog, openCallLog } from './call-log.ts';
import { type ForeignInventory, startForeignInventory } from './foreign-inventory.ts';
import { showCall, showOpening } from './page.ts';
import { playRemote } from './play-remote.ts';

const INTERRUPTED_EXIT_CODE = 130;

/** All of it goes with the demo: stock that is kept elsewhere has no place in a shop whose ledger keeps it. */
const makeDirectory = (): string => {
  const directory = mkdtempSync(join(tmpdir(), 'panier-demo-'));
  // PostgreSQL and Redis may run as another user than we do.
  chmodSync(directory, 0o711);
  return directory;
};

/** Nothing of the environment: a database that it names is somebody's shop. */
const configOf = (directory: string, { url, token }: ForeignInventory): Config =>
  readConfig({
    PORT: '0',
    PANIER_OPS_PORT: 'off',
    PANIER_DATA_DIR: join(directory, 'panier'),
    PANIER_ROLES: 'gateway,relay,payment,saga,audit',
    PANIER_DEMO_CATALOGUE: 'false',
    PANIER_INVENTORY_URL: url,
    PANIER_INVENTORY_TOKEN: token,
    // A machine that is busy shows no call twice.
    PANIER_INVENTORY_TIMEOUT_MS: '10000',
  });

interface Stage {
  readonly url: string;
  readonly token: string;
  readonly inventory: ForeignInventory;
  readonly log: CallLog;
}

const play = async ({ url, token, inventory, log }: Stage): Promise<number> => {
  showOpening(url);
  await using client = connect({ url, token });
  const problems = await playRemote({ client, inventory, log });
  return problems.length === 0 ? 0 : 1;
};

/** Starts an inventory and a panier that reserves there, plays an order, and shows the calls as panier logs them. */
export const runRemote = async (): Promise<number> => {
  console.log('An inventory is started for the demo, and a panier that reserves there.');
  await using starting = new AsyncDisposableStack();
  const directory = makeDirectory();
  starting.defer(() => rmSync(directory, { recursive: true, force: true }));
  const inventory = starting.use(await startForeignInventory(directory));
  const log = openCallLog(showCall);
  const config = configOf(directory, inventory);
  const { promise: stop, resolve } = Promise.withResolvers<void>();
  const onServers = (servers: Servers): void => resolve(interrupted(servers));
  const broken = Promise.withResolvers<number>();
  const onBroken = (): void => broken.resolve(1);
  const { logger } = log;
  const options = { config, logger, say: console.log, onServers, onBroken };
  const { panier } = starting.use(await runPanier(options));
  const playing = play({ url: panier.urls.gateway ?? '', token: await ownTokenOf(config), inventory, log });
  return await Promise.race([playing, broken.promise, stop.then(() => INTERRUPTED_EXIT_CODE)]);
};
