import type { EnvironmentReader } from './environment.ts';

interface Bound {
  readonly variable: string;
  readonly fallback: number;
  readonly max: number;
}

const bound = (variable: string, fallback: number, max = 1_000_000): Bound => ({ variable, fallback, max });

/** How much one process takes on, of one client and of all. Whatever is more is refused, so that the others stay served. */
const BOUNDS = {
  /** WebSockets that are open. */
  sockets: bound('PANIER_MAX_SOCKETS', 20_000),
  /** Operations under way on one WebSocket. */
  operationsPerSocket: bound('PANIER_MAX_SOCKET_OPERATIONS', 1_000),
  /** Until its connection_init has to be there. */
  initSeconds: bound('PANIER_MAX_INIT_SECONDS', 3, 60),
  /** Messages and pings of one WebSocket within a second, and their bytes. */
  framesPerSecond: bound('PANIER_MAX_SOCKET_FRAMES', 5_000),
  frameBytesPerSecond: bound('PANIER_MAX_SOCKET_BYTES', 8_000_000, 1_000_000_000),
  /** WebSockets and event streams of one visitor or customer, and of one service or operator. */
  connectionsPerCustomer: bound('PANIER_MAX_CUSTOMER_CONNECTIONS', 100),
  connectionsPerService: bound('PANIER_MAX_SERVICE_CONNECTIONS', 5_000),
  connectionsPerAddress: bound('PANIER_MAX_CONNECTIONS_PER_ADDRESS', 25_000),
  /** WebSockets and event streams of one client's address, as proxies of ours tell it, whoever asks from there. */
  streamsPerAddress: bound('PANIER_MAX_STREAMS_PER_ADDRESS', 5_000),
  /** Bytes that wait to be read by one client, and by all of this process. */
  connectionBuffer: bound('PANIER_MAX_CONNECTION_BUFFER', 16_000_000, 1_000_000_000),
  processBuffer: bound('PANIER_MAX_PROCESS_BUFFER', 256_000_000, 100_000_000_000),
  /** For how long a client may read nothing of what waits for it. */
  stalledSeconds: bound('PANIER_MAX_STALLED_SECONDS', 30, 3_600),
  /** Answers that are streams of server-sent events. */
  eventStreams: bound('PANIER_MAX_EVENT_STREAMS', 20_000),
  /** Of a request over HTTP, and of a message on a WebSocket. */
  bodyBytes: bound('PANIER_MAX_BODY_BYTES', 100_000, 100_000_000),
  messageBytes: bound('PANIER_MAX_MESSAGE_BYTES', 65_536, 100_000_000),
  /** Of an operation's variables: characters and values together, and lists and objects within each other. */
  variablesSize: bound('PANIER_MAX_VARIABLES_SIZE', 20_000, 100_000_000),
  variablesDepth: bound('PANIER_MAX_VARIABLES_DEPTH', 10, 200),
  /** Of one document, comments left out. */
  tokens: bound('PANIER_MAX_TOKENS', 3_000),
  /** Fields within each other, those of fragments counted where they are spread; so are all that follow. */
  depth: bound('PANIER_MAX_DEPTH', 32, 200),
  aliases: bound('PANIER_MAX_ALIASES', 100),
  rootFields: bound('PANIER_MAX_ROOT_FIELDS', 30),
  directives: bound('PANIER_MAX_DIRECTIVES', 40),
  /** Fields that an answer may have, lists taken as long as they may become. */
  cost: bound('PANIER_MAX_COST', 30_000, 1_000_000_000),
  /** Members of a page, and ids that are asked for at once. */
  pageSize: bound('PANIER_MAX_PAGE_SIZE', 100, 1_000),
  /** Until a query, a command, or an update of a subscription is answered. */
  operationMs: bound('PANIER_MAX_OPERATION_MS', 4_000, 60_000),
} as const;

export type Limits = Readonly<Record<keyof typeof BOUNDS, number>>;

const limitsBy = (valueOf: (bound: Bound) => number): Limits =>
  Object.fromEntries(Object.entries(BOUNDS).map(([name, each]) => [name, valueOf(each)])) as Limits;

export const DEFAULT_LIMITS: Limits = limitsBy(({ fallback }) => fallback);

export const readLimits = ({ integer }: EnvironmentReader): Limits =>
  limitsBy(({ variable, fallback, max }) => integer(variable, { fallback, min: 1, max }));
