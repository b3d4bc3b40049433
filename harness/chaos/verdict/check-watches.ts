import type { Update, Watch } from '../shop/index.ts';
import type { Evidence } from './evidence.ts';
import type { Event } from './records.ts';
import { type Check, trailOf, violationOf } from './violation.ts';

type Finding = readonly [invariant: string, message: string];

/** As long as a transaction that stores may take: until then a cause may be seen later than its effect. */
const COMMITTED_AFTER_MS = 30_000;
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

/** What was told of one partition is what is stored there, in its order. */
const toldOf = (told: readonly string[], stored: readonly Event[]): readonly Finding[] => {
  const place = stored.findIndex(({ event_id }, index) => told[index] !== event_id);
  if (place === -1) return [];
  const { partition = 0 } = stored[place] ?? {};
  return [['I-17', `event ${place + 1} of partition ${partition} was told as ${told[place] ?? 'nothing'}`]];
};

/** An event of another partition is told behind its cause, where that was stored long enough before. */
const causesTold = (told: readonly string[], store: readonly Event[]): readonly Finding[] => {
  const places = new Map(told.map((eventId, place) => [eventId, place] as const));
  const byId = new Map(store.map((event) => [event.event_id, event] as const));
  return store.flatMap((effect): readonly Finding[] => {
    const cause = byId.get(effect.causation_id ?? '');
    if (cause === undefined || cause.position > effect.position) return [];
    const isBehind = (places.get(cause.event_id) ?? -1) < (places.get(effect.event_id) ?? 0);
    const isLater = (effect.recorded_at_ms ?? 0) - (cause.recorded_at_ms ?? 0) > COMMITTED_AFTER_MS;
    return isBehind || !isLater ? [] : [['I-17', `${effect.event_id} was told before ${cause.event_id}, its cause`]];
  });
};

/** Whoever follows the event store receives every event once, in its order, over any number of connections. */
export const followedEvents: Check = ({ store, audited: { eventIds, errors } }) => {
  const failures = errors.map((error): Finding => ['I-17', `the subscription to all events failed with ${error}`]);
  const surplus: readonly Finding[] =
    eventIds.length > store.length ? [['I-17', 'more events were told than are stored']] : [];
  const partitions = new Map(store.map(({ event_id, partition = 0 }) => [event_id, partition] as const));
  const told = Map.groupBy(eventIds, (eventId) => partitions.get(eventId) ?? 0);
  const missed = [...Map.groupBy(store, ({ partition = 0 }) => partition)].flatMap(([partition, stored]) =>
    toldOf(told.get(partition) ?? [], stored),
  );
  return [...failures, ...surplus, ...missed, ...causesTold(eventIds, store)].map(([invariant, message]) => ({
    invariant,
    subject: 'events',
    message,
    trail: trailOf(store.filter(({ event_id }) => message.includes(event_id))),
  }));
};
