import type { Envelope, Recorded } from '../events/index.ts';

/** What is left of a batch, and what was taken of it so far. */
interface Ordering {
  /** By stream, the next event last. */
  readonly streams: ReadonlyMap<string, Recorded[]>;
  readonly causes: ReadonlyMap<Recorded, Recorded>;
  /** In the order in which they are to be stored. */
  readonly taken: Set<Recorded>;
  /** From a head that waits, cause by cause, to the first that waits for nothing; what was taken is off its end. */
  readonly chains: Map<Recorded, Recorded[]>;
}

const rankOf = ({ aggregateId, producer, version, stream, eventId }: Envelope) =>
  [aggregateId, producer, version ?? 0, stream, eventId] as const;

/** Between events that no cause and no stream puts in order: by time, then as their author counts. */
const isEarlier = ({ envelope: one }: Recorded, { envelope: other }: Recorded): boolean => {
  if (one.occurredAt !== other.occurredAt) return one.occurredAt < other.occurredAt;
  const [own, others] = [rankOf(one), rankOf(other)];
  const differing = own.findIndex((part, index) => part !== others[index]);
  return (own[differing] ?? 0) < (others[differing] ?? 0);
};

const earliest = (events: readonly Recorded[]): Recorded | undefined =>
  events.length === 0 ? undefined : events.reduce((first, each) => (isEarlier(each, first) ? each : first));

/** Each event once: its first copy of a stream, and of those the earliest. */
const onceEach = (batch: readonly Recorded[]): readonly Recorded[] => {
  const firsts = new Map(
    batch.toReversed().map((each) => [`${each.envelope.stream} ${each.envelope.eventId}`, each] as const),
  );
  const chosen = new Map<string, Recorded>();
  for (const each of firsts.values()) {
    const other = chosen.get(each.envelope.eventId);
    if (other === undefined || isEarlier(each, other)) chosen.set(each.envelope.eventId, each);
  }
  return [...new Set(batch.filter((each) => chosen.get(each.envelope.eventId) === each))];
};

const ringFrom = (start: Recorded, next: (event: Recorded) => Recorded | undefined): readonly Recorded[] => {
  const way = new Set<Recorded>();
  let at: Recorded | undefined = start;
  for (; at !== undefined && !way.has(at); at = next(at)) way.add(at);
  return at === undefined ? [] : [...way].slice([...way].indexOf(at));
};

/** The cause of each event that has one in the batch. Of events that are said to cause each other the earliest has none. */
const causesIn = (events: readonly Recorded[]): ReadonlyMap<Recorded, Recorded> => {
  const byId = new Map(events.map((each) => [each.envelope.eventId, each]));
  const causes = new Map<Recorded, Recorded>();
  for (const each of events) {
    const cause = byId.get(each.envelope.causationId ?? '');
    if (cause !== undefined) causes.set(each, cause);
  }
  const seen = new Set<Recorded>();
  for (const each of events) {
    const passed: Recorded[] = [];
    const ring = ringFrom(each, (event) => {
      passed.push(event);
      const cause = causes.get(event);
      return cause === undefined || seen.has(cause) ? undefined : cause;
    });
    for (const event of passed) seen.add(event);
    const first = earliest(ring);
    if (first !== undefined) causes.delete(first);
  }
  return causes;
};

const headOf = ({ streams, taken }: Ordering, stream: string): Recorded | undefined => {
  const left = streams.get(stream) ?? [];
  for (let head = left.at(-1); head !== undefined && taken.has(head); head = left.at(-1)) left.pop();
  return left.at(-1);
};

const isFree = ({ causes, taken }: Ordering, event: Recorded): boolean => {
  const cause = causes.get(event);
  return cause === undefined || taken.has(cause);
};

const chainFrom = ({ causes, taken }: Ordering, head: Recorded): Recorded[] => {
  const chain: Recorded[] = [];
  for (let at: Recorded | undefined = head; at !== undefined && !taken.has(at); at = causes.get(at)) chain.push(at);
  return chain;
};

/** What has to come before a head can: the cause of its causes that is not taken yet. */
const firstCauseOf = (ordering: Ordering, head: Recorded): Recorded => {
  // Kept, not walked again for each that is taken: else the cost of a long chain would grow with its square.
  const chain = ordering.chains.get(head) ?? chainFrom(ordering, head);
  ordering.chains.set(head, chain);
  for (let end = chain.at(-1); end !== undefined && ordering.taken.has(end); end = chain.at(-1)) chain.pop();
  return chain.at(-1) ?? head;
};

/** Heads all of which wait for what stands behind another: somewhere in their ring a stream's order has to give way. */
const giveWay = (ordering: Ordering, heads: readonly Recorded[]): Recorded | undefined => {
  const start = earliest(heads);
  if (start === undefined) return undefined;
  const ring = ringFrom(start, (head) => headOf(ordering, firstCauseOf(ordering, head).envelope.stream));
  return firstCauseOf(ordering, earliest(ring) ?? start);
};

const nextOf = (ordering: Ordering): Recorded | undefined => {
  const heads = [...ordering.streams.keys()].flatMap((stream) => headOf(ordering, stream) ?? []);
  return earliest(heads.filter((head) => isFree(ordering, head))) ?? giveWay(ordering, heads);
};

/**
 * A batch in the order in which people understand it, each event once: behind its cause, where that is in the batch; else as
 * its stream has it, unless a cause forces another order; else by time. It does not depend on how the streams were mixed.
 */
export const causesFirst = (batch: readonly Recorded[]): readonly Recorded[] => {
  const events = onceEach(batch);
  const streams = Map.groupBy(events.toReversed(), ({ envelope }) => envelope.stream);
  const ordering: Ordering = { streams, causes: causesIn(events), taken: new Set(), chains: new Map() };
  for (let next = nextOf(ordering); next !== undefined; next = nextOf(ordering)) ordering.taken.add(next);
  return [...ordering.taken];
};
