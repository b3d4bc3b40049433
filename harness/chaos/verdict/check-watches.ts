import type { Update, Watch } from '../shop/index.ts';
import type { Evidence } from './evidence.ts';
import type { Event } from './records.ts';
import { type Check, trailOf, violationOf } from './violation.ts';

type Finding = readonly [invariant: string, message: string];

const FINAL = new Set(['CONFIRMED', 'REJECTED', 'CANCELLED']);

const sequence = ({ updates }: Watch): readonly Finding[] =>
  updates.flatMap(({ revision, stepRevision }, index): readonly Finding[] => {
    const before = updates[index - 1];
    if (before === undefined) return stepRevision === null ? [] : [['I-17', 'the first update is no snapshot']];
    if (stepRevision === before.revision + 1 && revision === stepRevision) return [];
    return [['I-17', `revision ${before.revision} was followed by ${stepRevision ?? `a snapshot of ${revision}`}`]];
  });

const agreement = ({ orderId, updates }: Watch, evidence: Evidence): readonly Finding[] => {
  const steps = evidence.models.orders.get(orderId)?.steps ?? [];
  const differs = ({ revision, status, eventId }: Update): boolean => {
    const step = steps[revision - 1];
    return step?.status !== status || (eventId !== null && eventId !== step.event.eventId);
  };
  return updates
    .filter(differs)
    .map(({ revision, status }) => ['I-20', `revision ${revision} was told as ${status}, which its steps do not say`]);
};

const ending = ({ orderId, updates, isComplete }: Watch, evidence: Evidence): readonly Finding[] => {
  const isOver = FINAL.has(evidence.models.orders.get(orderId)?.status ?? '');
  if (isOver && !isComplete) return [['I-18', 'the order is over, and the subscription did not complete']];
  const told = updates.at(-1)?.status ?? 'nothing';
  return isComplete && !FINAL.has(told) ? [['I-18', `the subscription completed at ${told}`]] : [];
};

const findingsOf = (watch: Watch, evidence: Evidence): readonly Finding[] => [
  ...watch.errors.map((error): Finding => ['I-17', `the subscription failed with ${error}`]),
  ...sequence(watch),
  ...agreement(watch, evidence),
  ...ending(watch, evidence),
];

/** Subscribers were told every step once, in order, and of the end. */
export const subscriptions: Check = (evidence) =>
  evidence.watches.flatMap((watch) =>
    findingsOf(watch, evidence).map(([invariant, message]) => {
      const { trail, ...violation } = violationOf(evidence, [invariant, watch.orderId, message]);
      const told = watch.updates.map(
        ({ revision, status, eventId }) => `told: ${revision} ${status} ${eventId ?? 'snapshot'}`,
      );
      return { ...violation, trail: [...trail, ...told] };
    }),
  );

/** The first event of a partition that was not told in its place; those of other partitions may be told in between. */
const missedIn = (store: readonly Event[], told: readonly string[]): readonly Missed[] => {
  const ids = new Set(store.map(({ event_id }) => event_id));
  const ofThese = told.filter((id) => ids.has(id));
  const place = store.findIndex(({ event_id }, index) => ofThese[index] !== event_id);
  if (place === -1) return [];
  const message = `event ${store[place]?.event_id} of the store was told as ${ofThese[place] ?? 'nothing'}`;
  return [{ message, trail: trailOf(store.slice(Math.max(0, place - 2), place + 3)) }];
};

interface Missed {
  readonly message: string;
  readonly trail: ReturnType<typeof trailOf>;
}

/** Whoever follows the event store receives every event once, each partition in its order, over any number of connections. */
export const followedEvents: Check = ({ store, audited: { eventIds, errors } }) => {
  const failures = errors.map((error) => ({
    message: `the subscription to all events failed with ${error}`,
    trail: [],
  }));
  const surplus =
    eventIds.length > store.length ? [{ message: 'more events were told than are stored', trail: [] }] : [];
  const partitions = [...Map.groupBy(store, ({ partition = 0 }) => partition).values()];
  const missed = partitions.flatMap((events) => missedIn(events, eventIds));
  return [...failures, ...surplus, ...missed].map((found) => ({ invariant: 'I-17', subject: 'events', ...found }));
};
