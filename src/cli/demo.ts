import { parseArgs } from 'node:util';
import { type Config, type LogLevel, ROLES, readProcessConfig } from '../platform/index.ts';
import { readRunningServers, type Servers } from '../servers/index.ts';
import { StartupError } from '../startup/index.ts';
import { RequestFailed } from './client.ts';
import { playAll } from './demo/play-all.ts';
import { runRemote } from './demo/run-remote.ts';
import { explain } from './explain.ts';
import { interrupted } from './interrupted.ts';
import { ownTokenOf } from './own-token.ts';
import { runPanier } from './run-panier.ts';

const USAGE = `Usage: npm run demo [-- --url http://localhost:4000 | --inventory remote]

Plays three sagas and shows them step by step, as a client sees them: a paid order, one that asks for more than there
is, and one whose card is refused. Exits with 1 when one ends otherwise than it should.

  --url   the panier to play against; otherwise the one on PORT, or of the data directory
          or, if there is none, one that is started for it
  --inventory remote
          an order of three instead, whose stock a foreign inventory keeps: both are started for it, and end with it;
          each call of the saga is shown as panier logs it

It signs in with the key of the data directory, or with PANIER_TOKEN: an operator's token.
`;

const INTERRUPTED_EXIT_CODE = 130;
const READY_TIMEOUT_MS = 5_000;

const isReady = async (url: string): Promise<boolean> => {
  try {
    const { ok } = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(READY_TIMEOUT_MS) });
    return ok;
  } catch {
    return false;
  }
};

/** Where a gateway of this configuration is reached from this machine. */
const urlOf = ({ host, port }: Config): string => {
  if (host === '0.0.0.0' || host === '::') return `http://127.0.0.1:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
};

/** Where a panier may run: on PORT, or, started with another one, where it left word in the data directory. */
const placesOf = (config: Config): readonly string[] => {
  const { gatewayUrl } = readRunningServers(config.dataDir) ?? {};
  return [urlOf(config), ...(gatewayUrl === undefined ? [] : [gatewayUrl])];
};

const exitCodeOf = (wentWell: boolean): number => (wentWell ? 0 : 1);

const STRANGER = `This panier does not know who plays: set PANIER_DATA_DIR to its data directory, or PANIER_TOKEN to the token of an
operator of its.`;

const play = async (url: string, config: Config): Promise<boolean> => {
  try {
    return await playAll({ url, token: await ownTokenOf(config) });
  } catch (error) {
    const isStranger = error instanceof RequestFailed && error.codes.includes('UNAUTHENTICATED');
    throw isStranger ? new StartupError(STRANGER, { cause: error }) : error;
  }
};

/** What the demo shows is not to be lost among what panier tells of all that goes well. */
const besideDemo = ({ logLevel }: Config): LogLevel => (logLevel === 'info' ? 'warn' : logLevel);

/** On any free port: the one of the configuration may be another program's. */
const playOnOwn = async (configured: Config): Promise<number> => {
  console.log('No panier is running: one is started for the demo.');
  const config: Config = { ...configured, roles: ROLES, port: 0, ops: null, logLevel: besideDemo(configured) };
  const { promise: stop, resolve } = Promise.withResolvers<void>();
  const onServers = (servers: Servers): void => resolve(interrupted(servers));
  const broken = Promise.withResolvers<number>();
  const onBroken = (): void => broken.resolve(exitCodeOf(false));
  await using running = await runPanier({ config, say: (line) => console.log(line), onServers, onBroken });
  const playing = play(running.panier.urls.gateway ?? '', configured).then(exitCodeOf);
  return await Promise.race([playing, broken.promise, stop.then(() => INTERRUPTED_EXIT_CODE)]);
};

interface Arguments {
  readonly url?: string | undefined;
  readonly inventory?: string | undefined;
  readonly help: boolean;
}

const readArguments = (): Arguments => {
  try {
    return parseArgs({
      options: { url: { type: 'string' }, inventory: { type: 'string' }, help: { type: 'boolean', default: false } },
    }).values;
  } catch (error) {
    throw new StartupError(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
};

/** The ledger's demo is the one without the option. */
const assertRemote = ({ inventory, url }: Arguments): void => {
  if (inventory !== 'remote') throw new StartupError(`--inventory is "${inventory}": say remote, or leave it out.`);
  if (url !== undefined) throw new StartupError('--inventory remote starts a panier of its own: leave --url out.');
};

const run = async (): Promise<number> => {
  const values = readArguments();
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  if (values.inventory !== undefined) {
    assertRemote(values);
    return runRemote();
  }
  const config = readProcessConfig();
  const urls = values.url === undefined ? placesOf(config) : [values.url.replace(/\/+$/, '')];
  for (const url of urls) if (await isReady(url)) return exitCodeOf(await play(url, config));
  if (values.url !== undefined) throw new StartupError(`No panier is ready at ${urls[0]}.`);
  return playOnOwn(config);
};

try {
  process.exitCode = await run();
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
