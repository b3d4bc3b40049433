import type { Registered } from './registered.ts';

/** What the gateway of this process has open. */
export interface OpenAtGateway {
  readonly openSubscriptions: () => number;
  readonly openConnections: () => number;
}

export interface PoolReading {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
}

/** What there is to see in this process. */
export interface ProcessParts {
  /** Undefined where it plays no gateway. */
  readonly gateway: OpenAtGateway | undefined;
  /** Of connections to PostgreSQL, by whose they are. */
  readonly pools: Readonly<Record<string, PoolReading>>;
}

const showGateway = ({ gauge }: Registered, gateway: OpenAtGateway): (() => void) => {
  const subscribers = gauge({ name: 'subscribers', help: 'Subscriptions that are open in this process.' });
  const connections = gauge({ name: 'connections', help: 'Connections of clients to this gateway.' });
  return () => {
    subscribers.set(gateway.openSubscriptions());
    connections.set(gateway.openConnections());
  };
};

const showPools = ({ gauge }: Registered, pools: ProcessParts['pools']): (() => void) => {
  const connections = gauge({
    name: 'pool_connections',
    help: 'Connections to PostgreSQL, by the pool and whether they are in use.',
    labelNames: ['pool', 'state'],
  });
  const waiting = gauge({
    name: 'pool_waiting',
    help: 'Who waits for a connection of the pool.',
    labelNames: ['pool'],
  });
  return () => {
    for (const [pool, { totalCount, idleCount, waitingCount }] of Object.entries(pools)) {
      connections.set({ pool, state: 'idle' }, idleCount);
      connections.set({ pool, state: 'used' }, totalCount - idleCount);
      waiting.set({ pool }, waitingCount);
    }
  };
};

/** What this process has open at the moment. */
export const showProcess = (registered: Registered, { gateway, pools }: ProcessParts): (() => void) => {
  const shown = [showPools(registered, pools), ...(gateway === undefined ? [] : [showGateway(registered, gateway)])];
  return () => {
    for (const show of shown) show();
  };
};
