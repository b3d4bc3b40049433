import type { Registered } from './registered.ts';

/** What the gateway of this process has open. */
export interface OpenAtGateway {
  readonly openSubscriptions: () => number;
  readonly openConnections: () => number;
}

/** What was read for an endpoint of webhooks, and is not delivered. */
export interface WaitingForEndpoint {
  readonly events: number;
  readonly oldestAtMs: number | null;
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
  /** Of each endpoint that it leads; undefined where it delivers no webhooks. */
  readonly webhooks?: (() => readonly WaitingForEndpoint[]) | undefined;
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

const showWebhooks = ({ gauge }: Registered, waiting: () => readonly WaitingForEndpoint[]): (() => void) => {
  const length = gauge({
    name: 'webhook_waiting_events',
    help: 'Events read for endpoints that this process leads, and not delivered; at most 1,000 for each.',
  });
  const oldest = gauge({
    name: 'webhook_oldest_waiting_seconds',
    help: 'Age of the oldest of them; 0: there is none.',
  });
  return () => {
    const endpoints = waiting();
    length.set(endpoints.reduce((sum, { events }) => sum + events, 0));
    const since = endpoints.flatMap(({ oldestAtMs }) => (oldestAtMs === null ? [] : [oldestAtMs]));
    oldest.set(since.length === 0 ? 0 : Math.max(0, Date.now() - Math.min(...since)) / 1_000);
  };
};

/** What this process has open at the moment. */
export const showProcess = (registered: Registered, { gateway, webhooks, pools }: ProcessParts): (() => void) => {
  const shown = [showPools(registered, pools)];
  if (gateway !== undefined) shown.push(showGateway(registered, gateway));
  if (webhooks !== undefined) shown.push(showWebhooks(registered, webhooks));
  return () => {
    for (const show of shown) show();
  };
};
