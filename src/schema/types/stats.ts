import type { DurationsView, StatsView, StatsWindowName } from '../../read/index.ts';
import { builder } from '../builder.ts';
import { OrderStatus } from './order-status.ts';

const WINDOWS = {
  FIVE_MINUTES: { description: 'The last five minutes, by the second.' },
  HOUR: { description: 'The last hour, in buckets of ten seconds.' },
  DAY: { description: 'The last 24 hours, in buckets of five minutes.' },
} as const satisfies Record<StatsWindowName, { description: string }>;

const StatsWindow = builder.enumType('StatsWindow', {
  description: 'A time up to now, and how finely it is shown.',
  values: WINDOWS,
});

/** The argument of both fields that show statistics. */
export const windowArg = builder.args((t) => ({
  window: t.field({
    type: StatsWindow,
    required: true,
    defaultValue: 'FIVE_MINUTES',
    description: 'Which time the buckets and the durations are of.',
  }),
}));

type StatusCount = StatsView['orders'][number];

const OrdersInStatus = builder.objectRef<StatusCount>('OrdersInStatus').implement({
  description: 'How many orders have a status.',
  fields: (t) => ({
    status: t.field({ type: OrderStatus, description: 'The status.', resolve: ({ status }) => status }),
    count: t.exposeInt('orders', { description: 'How many orders have it now.' }),
  }),
});

const OrderDurations = builder.objectRef<DurationsView>('OrderDurations').implement({
  description:
    'How long orders took from their checkout to their last status, of those that came to it within the window (its beginning is taken to a thirtieth). Milliseconds, at most 4 % off.',
  fields: (t) => ({
    outcome: t.field({ type: OrderStatus, description: 'The last status.', resolve: ({ outcome }) => outcome }),
    count: t.exposeInt('orders', { description: 'Of how many orders.' }),
    p50Ms: t.exposeInt('p50Ms', { description: 'Half of them took no longer.' }),
    p99Ms: t.exposeInt('p99Ms', { description: '99 of 100 took no longer.' }),
  }),
});

export const Stats = builder.objectRef<StatsView>('Stats').implement({
  description:
    'What all orders come to. Lists of numbers have one for each bucket of the window, the oldest first, by the time at which it occurred; the last bucket is still filling.',
  fields: (t) => ({
    orders: t.field({
      type: [OrdersInStatus],
      description: 'Orders by status now, whenever they were made: every status once.',
      resolve: ({ orders }) => [...orders],
    }),
    oldestOpenAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the oldest order to which more will happen was checked out; null when there is none.',
      resolve: ({ oldestOpenAt }) => oldestOpenAt,
    }),
    from: t.field({ type: 'DateTime', description: 'When the first bucket begins.', resolve: ({ from }) => from }),
    bucketSeconds: t.exposeInt('bucketSeconds', { description: 'How long each bucket is.' }),
    checkouts: t.intList({ description: 'Orders checked out.', resolve: ({ happened }) => [...happened.CREATED] }),
    confirmations: t.intList({ description: 'Orders confirmed.', resolve: ({ happened }) => [...happened.CONFIRMED] }),
    rejections: t.intList({ description: 'Orders rejected.', resolve: ({ happened }) => [...happened.REJECTED] }),
    cancellations: t.intList({
      description: 'Orders cancelled: their stock was back.',
      resolve: ({ happened }) => [...happened.CANCELLED],
    }),
    durations: t.field({
      type: [OrderDurations],
      description: 'How long orders took, by how they ended; without those ends that none came to.',
      resolve: ({ durations }) => [...durations],
    }),
  }),
});
