import { SIGNALS } from '../platform/index.ts';
import { boundedLabel } from './bounded-label.ts';
import { type Registered, secondsOf } from './registered.ts';

/** More than the catalogue has; other services may add some of their own. */
const EVENT_TYPES = 60;
const BATCH_BUCKETS = [1, 2, 4, 8, 16, 32, 64, 128];
const WAIT_BUCKETS = [0.001, 0.005, 0.02, 0.1, 0.5, 2];
const DELIVERY_BUCKETS = [0.005, 0.025, 0.1, 0.5, 2.5];
const CALL_BUCKETS = [0.05, 0.25, 1, 5];
const SAGA_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 900];
const ACTIVE_BUCKETS = [0.1, 0.5, 2.5, 5, 15, 60];

const countCommits = ({ histogram }: Registered): Disposable => {
  const sizes = histogram(
    { name: 'group_commit_commands', help: 'Commands that one commit of the write journal wrote together.' },
    BATCH_BUCKETS,
  );
  const waits = histogram(
    { name: 'group_commit_wait_seconds', help: 'How long the first command of a batch waited for its turn.' },
    WAIT_BUCKETS,
  );
  const durations = histogram(
    { name: 'group_commit_duration_seconds', help: 'How long the commit of a batch took, with all attempts.' },
    WAIT_BUCKETS,
  );
  return SIGNALS.batchCommitted.hear(({ commands, waitedMs, tookMs }) => {
    sizes.observe(commands);
    waits.observe(secondsOf(waitedMs));
    durations.observe(secondsOf(tookMs));
  });
};

const countPublication = ({ counter }: Registered, journals: readonly string[]): Disposable => {
  const labelNames = ['journal'] as const;
  const published = counter({ name: 'events_published_total', help: 'Events added to their streams.', labelNames });
  const restored = counter({
    name: 'events_restored_total',
    help: 'Events that Redis had lost, and that are published again.',
    labelNames,
  });
  const failures = counter({
    name: 'publication_failures_total',
    help: 'Events that could not be read, and streams that could not be written; each is tried again.',
    labelNames,
  });
  // From the start on: who takes over from another relay begins with what it restores, and that would be no rise.
  for (const journal of journals) for (const each of [published, restored, failures]) each.inc({ journal }, 0);
  return SIGNALS.eventsPublished.hear(({ journal, events, restored: lost, unreadable, failedStreams }) => {
    published.inc({ journal }, events);
    restored.inc({ journal }, lost);
    failures.inc({ journal }, unreadable + failedStreams);
  });
};

const countDeliveries = ({ counter, histogram }: Registered): Disposable => {
  const labelNames = ['group'] as const;
  const counting = (name: string, help: string) => counter({ name, help, labelNames });
  const entries = counting(
    'entries_delivered_total',
    'Entries that were handled, or given up, of new and old deliveries.',
  );
  const claimed = counting(
    'entries_claimed_total',
    'Entries taken over from a member of the group that had left them.',
  );
  const putOff = counting('entries_put_off_total', 'Entries that could not be handled, and will be delivered again.');
  const givenUp = counting('dead_letters_total', 'Entries that became dead letters.');
  const durations = histogram(
    { name: 'delivery_duration_seconds', help: 'How long a consumer group handled one delivery.', labelNames },
    DELIVERY_BUCKETS,
  );
  const hearing = new DisposableStack();
  hearing.use(SIGNALS.entriesClaimed.hear(({ group, entries: count }) => claimed.inc({ group }, count)));
  hearing.use(SIGNALS.entriesPutOff.hear(({ group, entries: count }) => putOff.inc({ group }, count)));
  hearing.use(SIGNALS.entriesGivenUp.hear(({ group, entries: count }) => givenUp.inc({ group }, count)));
  hearing.use(
    SIGNALS.deliveryHandled.hear(({ group, entries: count, tookMs }) => {
      // From the first delivery on: a series that begins with its first fault shows no rise of it.
      for (const fault of [claimed, putOff, givenUp]) fault.inc({ group }, 0);
      entries.inc({ group }, count);
      durations.observe({ group }, secondsOf(tookMs));
    }),
  );
  return hearing;
};

const countEvents = ({ counter }: Registered): Disposable => {
  const events = counter({
    name: 'events_stored_total',
    help: 'Events that the event store took in, each once, by their type.',
    labelNames: ['type'],
  });
  const rejections = counter({
    name: 'stock_rejections_total',
    help: 'Orders whose stock could not be reserved: StockReservationFailed in the event store.',
  });
  const typeOf = boundedLabel(EVENT_TYPES);
  return SIGNALS.eventsStored.hear(({ types }) => {
    for (const [type, { length }] of Map.groupBy(types, typeOf)) events.inc({ type }, length);
    rejections.inc({}, types.filter((type) => type === 'StockReservationFailed').length);
  });
};

const countCalls = ({ counter, histogram }: Registered): Disposable => {
  const calls = counter({
    name: 'payment_calls_total',
    help: 'Calls of the payment provider, by what came of them.',
    labelNames: ['call', 'result'],
  });
  const durations = histogram(
    { name: 'payment_call_duration_seconds', help: 'How long the payment provider took.', labelNames: ['call'] },
    CALL_BUCKETS,
  );
  return SIGNALS.providerAnswered.hear(({ call, result, tookMs }) => {
    calls.inc({ call, result });
    durations.observe({ call }, secondsOf(tookMs));
  });
};

const countSagas = ({ histogram }: Registered): Disposable => {
  const durations = histogram(
    {
      name: 'saga_duration_seconds',
      help: 'From the checkout of an order to its last status, by the times of its events; told by the role audit.',
      labelNames: ['outcome'],
    },
    SAGA_BUCKETS,
  );
  const active = histogram(
    {
      name: 'saga_active_seconds',
      help: "How long it took without the time in which it was its customer's turn to pay; told by the role audit.",
      labelNames: ['outcome'],
    },
    ACTIVE_BUCKETS,
  );
  return SIGNALS.sagaEnded.hear(({ outcome, tookMs, activeMs, isFirst }) => {
    if (!isFirst) return;
    durations.observe({ outcome }, secondsOf(tookMs));
    active.observe({ outcome }, secondsOf(activeMs));
  });
};

/** Counts what goes on behind the gateway. `relayed`: journals that the process may publish. */
export const countMachinery = (registered: Registered, relayed: readonly string[]): Disposable => {
  const hearing = new DisposableStack();
  hearing.use(countPublication(registered, relayed));
  const counts = [countCommits, countDeliveries, countEvents, countCalls, countSagas];
  for (const count of counts) hearing.use(count(registered));
  return hearing;
};
