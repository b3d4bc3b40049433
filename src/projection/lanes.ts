import type { Envelope, Place } from '../events/index.ts';

/** An event, as it is put among those of other partitions. */
export interface Placed extends Place {
  readonly envelope: Pick<Envelope, 'eventId' | 'aggregateId' | 'causationId'>;
}

/** What was read of one partition, in the direction of the walk. */
export interface Stretch<E> {
  readonly partition: number;
  readonly events: readonly E[];
  /** Up to here nothing else that was looked for is there. */
  readonly readTo: bigint;
  /** Whether there may be more behind it. */
  readonly goesOn: boolean;
}

/** Two events of different partitions, one of which is to come before the other. */
export interface Relation {
  readonly earlier: Place;
  readonly later: Place;
}

export type Direction = 'Forward' | 'Backward';

/** The events of one partition that are left; what stands behind those that were read is a head without an event. */
export class Lane<E extends Placed> {
  readonly #stretch: Stretch<E>;
  readonly #sign: bigint;
  #passed = 0;

  constructor(stretch: Stretch<E>, sign: bigint) {
    this.#stretch = stretch;
    this.#sign = sign;
  }

  get partition(): number {
    return this.#stretch.partition;
  }

  get readTo(): bigint {
    return this.#stretch.readTo;
  }

  get head(): E | undefined {
    return this.#stretch.events[this.#passed];
  }

  /** Where its head stands on the way, the lowest first; null: nothing is left. */
  get next(): bigint | null {
    if (this.head !== undefined) return this.head.position * this.#sign;
    return this.#stretch.goesOn ? this.readTo * this.#sign + 1n : null;
  }

  /** The position of the first that is left. */
  get left(): bigint | null {
    return this.next === null ? null : this.next * this.#sign;
  }

  /** Whether all up to there is passed. */
  hasPassed(position: bigint): boolean {
    return this.next === null || this.next > position * this.#sign;
  }

  pass(): void {
    this.#passed += 1;
  }
}

export type Lanes<E extends Placed> = ReadonlyMap<number, Lane<E>>;
/** By the position of an event: what has to be passed before it. */
export type Waits = ReadonlyMap<bigint, readonly Place[]>;

export const waitsOf = (relations: readonly Relation[], direction: Direction): Waits => {
  const pairs = relations.map(({ earlier, later }) =>
    direction === 'Forward' ? { waits: later, for: earlier } : { waits: earlier, for: later },
  );
  const grouped = Map.groupBy(pairs, ({ waits }) => waits.position);
  return new Map([...grouped].map(([position, all]) => [position, all.map((pair) => pair.for)] as const));
};

/** The partitions that have to go on before the head of a lane may be taken. */
const blockersOf = <E extends Placed>(lane: Lane<E>, lanes: Lanes<E>, waits: Waits): readonly Lane<E>[] =>
  lane.head === undefined
    ? []
    : (waits.get(lane.head.position) ?? []).flatMap(({ partition, position }) => {
        const other = lanes.get(partition);
        return other === undefined || other === lane || other.hasPassed(position) ? [] : [other];
      });

const lowest = <E extends Placed>(lanes: readonly Lane<E>[]): Lane<E> | undefined =>
  lanes.reduce<Lane<E> | undefined>(
    (found, lane) => (found === undefined || (lane.next ?? 0n) < (found.next ?? 0n) ? lane : found),
    undefined,
  );

/** Itself, and all that it waits for in the end. */
const waitedFor = <E extends Placed>(lane: Lane<E>, lanes: Lanes<E>, waits: Waits): readonly Lane<E>[] => {
  const found = new Set([lane]);
  for (const each of found) for (const blocker of blockersOf(each, lanes, waits)) found.add(blocker);
  return [...found];
};

/** All wait: those that wait for nobody but each other, for the order of partitions cannot be had with that of causes. */
const knotIn = <E extends Placed>(all: readonly Lane<E>[], lanes: Lanes<E>, waits: Waits): readonly Lane<E>[] =>
  all
    .map((lane) => waitedFor(lane, lanes, waits))
    .reduce((one, other) => (other.length < one.length ? other : one), all);

/** The lowest, or what has to go on before it: were others taken meanwhile, it would wait for as long as there are any. */
export const nextLane = <E extends Placed>(lanes: Lanes<E>, waits: Waits): Lane<E> | undefined => {
  const all = [...lanes.values()];
  if (all.length === 1) return all[0]?.next === null ? undefined : all[0];
  const first = lowest(all.filter(({ next }) => next !== null));
  if (first === undefined) return undefined;
  const needed = waitedFor(first, lanes, waits);
  const free = lowest(needed.filter((lane) => blockersOf(lane, lanes, waits).length === 0));
  return free ?? lowest(knotIn(needed, lanes, waits));
};
