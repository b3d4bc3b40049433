import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type Address,
  bodyComplaintOf,
  Connections,
  carefulListener,
  Draining,
  defectRefusal,
  listen,
  openNodeServer,
  openSurface,
  type Refusal,
  stopListening,
} from '../http/index.ts';
import { DEFAULT_LIMITS, type Logger } from '../platform/index.ts';
import type { Metrics } from './open-metrics.ts';

export interface OpsOptions extends Address {
  /** Names, beside addresses and those of this machine, that may be asked for. */
  readonly hosts: readonly string[];
  readonly logger: Logger;
}

/** A server for those who look after this process. Disposal lets requests finish. */
export interface Ops extends AsyncDisposable {
  /** Where it listens, without a path: `http://127.0.0.1:4002`. */
  readonly url: string;
}

const PATH = '/metrics';
const SETTING = {
  variable: 'PANIER_OPS_PORT',
  hostVariable: 'PANIER_OPS_HOST',
  otherwise: 'set it to off where nobody reads metrics',
};
/** A request has none. */
const MAX_BODY_BYTES = 1_024;
const NO_PROXIES = { mode: 'development', trustedProxies: [] } as const;

const NOT_HERE: Refusal = { status: 404, code: 'NOT_FOUND', message: `There is nothing here: ask for ${PATH}.` };
const READ_ONLY: Refusal = {
  status: 405,
  code: 'BAD_REQUEST',
  message: 'Metrics are read: use GET.',
  headers: { allow: 'GET, HEAD' },
};

const refuse = (response: ServerResponse, { status, message, headers }: Refusal): void => {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers }).end(`${message}\n`);
};

const answerWith =
  ({ contentType, text }: Metrics) =>
  async ({ url = '', method = '' }: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (url.split('?', 1)[0] !== PATH) return refuse(response, NOT_HERE);
    if (method !== 'GET' && method !== 'HEAD') return refuse(response, READ_ONLY);
    const body = await text();
    response.writeHead(200, { 'content-type': contentType, 'content-length': Buffer.byteLength(body) }).end(body);
  };

/** Serves this process's metrics, to whoever reaches the port: they hold no secret. @throws {ListenError} */
export const startOps = async (metrics: Metrics, { hosts, logger, ...address }: OpsOptions): Promise<Ops> => {
  const draining = new Draining();
  const connections = new Connections(DEFAULT_LIMITS);
  const fail = (response: ServerResponse, error: unknown): void => {
    const correlationId = crypto.randomUUID();
    logger.error({ error, correlationId }, 'The metrics met a defect');
    refuse(response, defectRefusal(correlationId));
  };
  const listener = carefulListener({
    surface: openSurface(NO_PROXIES, [address.host, ...hosts]),
    draining,
    logger,
    name: 'ops',
    maxBodyBytes: MAX_BODY_BYTES,
    complaintOf: bodyComplaintOf,
    answer: answerWith(metrics),
    refuse,
    fail,
  });
  const { connectionsPerAddress } = DEFAULT_LIMITS;
  const node = await openNodeServer(undefined, { listener, connections, logger, connectionsPerAddress });
  const listening = await listen(node.server, address, { setting: SETTING, logger });
  return {
    url: `${node.scheme}://${listening}`,
    [Symbol.asyncDispose]: () => stopListening({ node, draining, connections }),
  };
};
