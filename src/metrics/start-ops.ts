import type { ServerResponse } from 'node:http';
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
  stopListening,
} from '../http/index.ts';
import { DEFAULT_LIMITS, type Logger } from '../platform/index.ts';
import { answerOps, refuse, type Told } from './answer-ops.ts';

export interface OpsOptions extends Address {
  /** Names, beside addresses and those of this machine, that may be asked for. */
  readonly hosts: readonly string[];
  readonly logger: Logger;
}

/** A server for those who look after this process. Disposal lets requests finish. */
export interface Ops extends AsyncDisposable {
  /** Where it listens, without a path: `http://127.0.0.1:4002`. */
  readonly url: string;
  /** Answers on, but tells clients with each answer that their connection ends. */
  readonly sayGoodbye: () => void;
}

const SETTING = {
  variable: 'PANIER_OPS_PORT',
  hostVariable: 'PANIER_OPS_HOST',
  otherwise: 'set it to off where nobody reads metrics',
};
/** A request has none. */
const MAX_BODY_BYTES = 1_024;
const NO_PROXIES = { mode: 'development', trustedProxies: [] } as const;

/** Serves this process's metrics and probes, to whoever reaches the port: they hold no secret. @throws {ListenError} */
export const startOps = async (told: Told, { hosts, logger, ...address }: OpsOptions): Promise<Ops> => {
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
    answer: answerOps(told),
    refuse,
    fail,
  });
  const { connectionsPerAddress } = DEFAULT_LIMITS;
  const node = await openNodeServer(undefined, { listener, connections, logger, connectionsPerAddress });
  const listening = await listen(node.server, address, { setting: SETTING, logger });
  return {
    url: `${node.scheme}://${listening}`,
    sayGoodbye: () => draining.begin(),
    [Symbol.asyncDispose]: () => stopListening({ node, draining, connections }),
  };
};
