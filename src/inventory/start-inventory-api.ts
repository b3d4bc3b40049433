import {
  type Address,
  bodyComplaintOf,
  Connections,
  carefulListener,
  Draining,
  listen,
  openNodeServer,
  openSurface,
  stopListening,
} from '../http/index.ts';
import { DEFAULT_LIMITS, type Exposure, type Limits } from '../platform/index.ts';
import { answerRequests, type InventoryParts } from './answer-requests.ts';
import { MAX_BODY_BYTES } from './limits.ts';
import { refuse } from './problem.ts';
import { refusalOfThrown } from './refusals.ts';
import { tracedAs } from './routes.ts';

export interface InventoryListening extends Address {
  /** Names, beside addresses and those of this machine, that clients may use. */
  readonly hosts?: readonly string[];
  readonly limits?: Partial<Limits>;
  /** By default as `npm start` without configuration. */
  readonly exposure?: Partial<Pick<Exposure, 'mode' | 'trustedProxies' | 'tls'>>;
}

/** An inventory-api that listens. Disposal lets requests finish, and takes 3 s at most. */
export interface InventoryApi extends AsyncDisposable {
  /** Where it listens, without a path: `http://127.0.0.1:4001`. */
  readonly url: string;
}

const PORT_SETTING = {
  variable: 'PANIER_INVENTORY_PORT',
  otherwise: 'leave inventory-api out of PANIER_ROLES',
};

const OWN_MACHINE = { mode: 'development', trustedProxies: [], tls: undefined } as const;

/** Serves the ledger's stock over HTTP, the OpenAPI document, and probes. @throws {ListenError} */
export const startInventoryApi = async (parts: InventoryParts, options: InventoryListening): Promise<InventoryApi> => {
  const { logger } = parts;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const exposure = { ...OWN_MACHINE, ...options.exposure };
  const surface = openSurface(exposure, [options.host, ...(options.hosts ?? [])]);
  const draining = new Draining();
  const connections = new Connections(limits);
  const listener = carefulListener({
    surface,
    draining,
    logger,
    name: 'inventory-api',
    maxBodyBytes: MAX_BODY_BYTES,
    complaintOf: bodyComplaintOf,
    answer: answerRequests({ ...parts, surface, draining, operationMs: limits.operationMs }),
    tracedAs,
    refuse,
    fail: (response, error) => refuse(response, refusalOfThrown(logger, error)),
  });
  const { connectionsPerAddress } = limits;
  const node = await openNodeServer(exposure.tls, { listener, connections, logger, connectionsPerAddress });
  const address = await listen(node.server, options, { setting: PORT_SETTING, logger });
  return {
    url: `${node.scheme}://${address}`,
    [Symbol.asyncDispose]: () => stopListening({ node, draining, connections }),
  };
};
