import type { Registered } from './registered.ts';
import { type Show, setOrRemove } from './show.ts';
import { showPostgres, showRedis } from './show-servers.ts';
import type { BacklogReading, GroupReading, OrdersReading, StoreLooks } from './store-readings.ts';

const GROUP_GAUGES = {
  group_lag_entries: ['Entries of a stream that its consumer group has not been given.', ({ lag }) => lag],
  group_lag_seconds: ['Age of the oldest entry that the group has not handled.', (reading) => reading.behindSeconds],
  group_pending_entries: ['Entries that were delivered and not acknowledged.', ({ pending }) => pending],
  group_oldest_pending_seconds: [
    'Age, since its publication, of the oldest entry that is pending; 0: none is.',
    (reading) => reading.pendingSeconds,
  ],
  group_oldest_pending_deliveries: [
    'How often the oldest pending entry was delivered.',
    (reading) => reading.deliveries,
  ],
  group_dead_letters_open: ['Dead letters that nobody has decided on.', (reading) => reading.deadLetters],
} as const satisfies Readonly<Record<string, readonly [string, (reading: GroupReading) => number | null]>>;

const showGroups = ({ gauge }: Registered): Show<readonly GroupReading[]> => {
  const gauges = Object.entries(GROUP_GAUGES).map(
    ([name, [help, valueOf]]) => [gauge({ name, help, labelNames: ['group', 'stream'] }), valueOf] as const,
  );
  return (readings) => {
    for (const [each, valueOf] of gauges) {
      each.reset();
      for (const reading of readings ?? []) {
        const value = valueOf(reading);
        if (value !== null) each.set({ group: reading.group, stream: reading.stream }, value);
      }
    }
  };
};

const showBacklog = ({ gauge }: Registered): Show<BacklogReading> => {
  const labelNames = ['journal'] as const;
  const length = gauge({
    name: 'outbox_events',
    help: 'Events that wait to be published; 10,000 at most.',
    labelNames,
  });
  const oldest = gauge({
    name: 'outbox_oldest_seconds',
    help: 'For how long the oldest of them has waited.',
    labelNames,
  });
  const readSide = gauge({
    name: 'projection_lag_seconds',
    help: 'Age of the oldest event that the event store and the read models lack.',
  });
  return (reading) => {
    length.reset();
    oldest.reset();
    for (const { journal, length: events, oldestSeconds } of reading?.outboxes ?? []) {
      length.set({ journal }, events);
      oldest.set({ journal }, oldestSeconds);
    }
    setOrRemove(readSide, reading?.readSideSeconds ?? null);
  };
};

const showOrders = ({ gauge }: Registered): Show<OrdersReading> => {
  const orders = gauge({ name: 'orders', help: 'Orders, by their status now.', labelNames: ['status'] });
  const age = gauge({
    name: 'oldest_open_order_seconds',
    help: 'Age of the oldest order that is not complete; 0: all are.',
  });
  return (reading) => {
    orders.reset();
    for (const { status, orders: count } of reading?.orders ?? []) orders.set({ status }, count);
    setOrRemove(age, reading === null ? null : ageOf(reading));
  };
};

const ageOf = ({ oldestOpenAt }: OrdersReading): number =>
  oldestOpenAt === null ? 0 : Math.max(0, (Date.now() - Date.parse(oldestOpenAt)) / 1_000);

const showStuckOrders = ({ gauge }: Registered): Show<number> => {
  const stuck = gauge({
    name: 'stuck_orders',
    help: "Orders to which nothing has happened for a minute, though it is not their customers' turn; of the 5,000 oldest open.",
  });
  return (reading) => setOrRemove(stuck, reading);
};

/** What is kept in the stores, and how these are, as it was seen last. */
export const showStores = (registered: Registered, looks: StoreLooks): (() => void) => {
  const [groups, backlog, orders] = [showGroups(registered), showBacklog(registered), showOrders(registered)];
  const stuckOrders = showStuckOrders(registered);
  const [redis, postgres] = [showRedis(registered), showPostgres(registered)];
  return () => {
    groups(looks.groups());
    backlog(looks.backlog());
    orders(looks.orders());
    stuckOrders(looks.stuckOrders());
    redis(looks.redis());
    postgres(looks.postgres());
  };
};
