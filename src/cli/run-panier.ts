import { type Panier, start } from '../main.ts';
import {
  type Config,
  environmentOf,
  type Logger,
  type Logging,
  logFormOn,
  openLogger,
  spreadLastNet,
} from '../platform/index.ts';
import { isListening } from '../roles/index.ts';
import { type LostServer, type Servers, type StartServersOptions, startServers } from '../servers/index.ts';
import { type FreshAccess, freshAccess, openStores } from '../startup/index.ts';
import { fillDemoCatalogue, isUntouched } from './demo-catalogue.ts';
import { endOrphaned } from './interrupted.ts';
import { tokensOf } from './own-token.ts';

export interface RunOptions {
  readonly config: Config;
  /** Otherwise one on stderr, of the configuration's level. */
  readonly logger?: Logger;
  /** Told in a sentence what takes long. */
  readonly say: (line: string) => void;
  /** Told of the servers as soon as they run, so that an interrupted start can end them. */
  readonly onServers: (servers: Servers) => void;
  /** Told that the process is not to be trusted any more, or has lost a server that it started, and has to stop. */
  readonly onBroken: () => void;
}

/** Panier with all that it stands on. Disposing stops everything that was started, in reverse. */
export interface RunningPanier extends AsyncDisposable {
  readonly panier: Panier;
  readonly servers: Servers;
  /** Of the process, with its number. */
  readonly logger: Logger;
}

/** On stderr: stdout belongs to what a command prints for people. */
export const openProcessLogger = (logging: Logging & Pick<Config, 'roles'>): Logger =>
  openLogger(logging.logLevel, {
    form: logFormOn(process.stderr, logging),
    itself: { roles: logging.roles },
  });

/** Whoever brings the servers says who may come to them; to those that were started here everybody comes as themselves. */
const urlsOf = (config: Config, { databaseUrl, redisUrl }: Servers, access: FreshAccess) => ({
  databaseUrl,
  databaseUrls: config.databaseUrl === undefined ? access.databaseUrls(databaseUrl) : config.databaseUrls,
  databaseHomes: config.databaseHomes,
  redisUrl,
  redisUrls: config.redisUrl === undefined ? access.redisUrls(redisUrl) : config.redisUrls,
});

const addressesOf = ({ urls: { gateway }, opsUrl }: Panier) => ({
  ...(gateway !== undefined && { gatewayUrl: gateway }),
  ...(opsUrl !== null && { opsUrl }),
});

type ServersParts = Pick<StartServersOptions, 'access' | 'onLost'>;

const serversFor = async ({ config, say }: RunOptions, parts: ServersParts): Promise<Servers> => {
  using _orphaned = endOrphaned();
  const { dataDir, databaseUrl, redisUrl, isCluster } = config;
  return await startServers({ dataDir, databaseUrl, redisUrl, isCluster, say, ...parts });
};

/** Starts the servers that no URL is given for, then panier; fills the demo catalogue into an empty shop. */
export const runPanier = async (options: RunOptions): Promise<RunningPanier> => {
  const { config, onServers, onBroken } = options;
  const { redisPrefix, redisTls, partitions } = config;
  const access = freshAccess({ redisPrefix });
  const processLogger = options.logger ?? openProcessLogger(config);
  const onLost = (lost: LostServer): void => {
    processLogger.fatal(lost, 'A server that was started here has ended: the process stops');
    onBroken();
  };
  await using starting = new AsyncDisposableStack();
  const servers = starting.use(await serversFor(options, { access, onLost }));
  onServers(servers);
  const urls = urlsOf(config, servers, access);
  servers.note(environmentOf(urls));
  const stores = starting.use(await openStores({ ...urls, redisPrefix, redisTls, partitions, logger: processLogger }));
  const logger = processLogger.child({ instance: stores.instance.number });
  const tokens = config.roles.some(isListening) ? tokensOf(config) : config.tokens;
  const panier = starting.use(await start({ config: { ...config, tokens }, logger, stores }));
  servers.noteAddresses(addressesOf(panier));
  // From here on others are served: before, whatever goes wrong ends the start.
  starting.use(spreadLastNet({ logger, onBroken }));
  if (config.demoCatalogue && (await isUntouched({ ...panier, journal: stores.commands.db })))
    await fillDemoCatalogue(panier);
  const started = starting.move();
  return { panier, servers, logger, [Symbol.asyncDispose]: () => started.disposeAsync() };
};
