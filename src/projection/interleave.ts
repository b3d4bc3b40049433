import { movedTo, type Place, type Positions, positionIn } from '../events/index.ts';
import {
  type Direction,
  Lane,
  type Lanes,
  nextLane,
  type Placed,
  type Relation,
  type Stretch,
  waitsOf,
} from './lanes.ts';

export interface Walk {
  /** Forward: what was seen already. Backward: what is yet to be seen, and nothing above it. */
  readonly from: Positions;
  readonly direction: Direction;
  readonly limit: number;
  /** Where not all events are looked for: the last of each partition, whatever it is. Left out, it is not known. */
  readonly heads?: Positions | undefined;
}

/** An event, and what has been seen of each partition by whoever has seen it and all that come before it. */
export type Seen<E> = E & { readonly seen: Positions };

export interface Walked<E> {
  /** In the order of the walk. */
  readonly events: readonly Seen<E>[];
  /** From where the walk goes on. */
  readonly to: Positions;
  readonly goesOn: boolean;
}

const least = (...all: readonly bigint[]): bigint => all.reduce((one, other) => (other < one ? other : one));
const greatest = (...all: readonly bigint[]): bigint => all.reduce((one, other) => (other > one ? other : one));

interface Beside<E extends Placed> {
  readonly lanes: Lanes<E>;
  readonly walk: Walk;
}

/**
 * Where an event is told, of the other partitions all that stands at lower positions is behind it, but what is yet to come: so
 * the cursor of an event that was looked for is good for a walk that looks for others. At most to their heads: above those,
 * more may still be seen at lower positions than the event's.
 */
const withOthers = <E extends Placed>(to: Positions, at: Place, { lanes, walk }: Beside<E>): Positions => {
  if (walk.heads === undefined) return to;
  const moved = new Map(to);
  for (const [partition, head] of walk.heads) {
    if (partition === at.partition) continue;
    const left = lanes.get(partition)?.left ?? null;
    const before = positionIn(to, partition);
    const position =
      walk.direction === 'Forward'
        ? greatest(before, least(head, at.position, left === null ? head : left - 1n))
        : least(before, greatest(at.position, left ?? 0n));
    if (position > 0n) moved.set(partition, position);
    else moved.delete(partition);
  }
  return moved;
};

/**
 * Puts the events of partitions into one order: each partition in its own, an event behind what is to come before it, else by
 * position. It ends where more of a partition would have to be known.
 */
export const interleave = <E extends Placed>(
  stretches: readonly Stretch<E>[],
  relations: readonly Relation[],
  walk: Walk,
): Walked<E> => {
  const { from, direction, limit } = walk;
  const sign = direction === 'Forward' ? 1n : -1n;
  const lanes = new Map(stretches.map((stretch) => [stretch.partition, new Lane(stretch, sign)] as const));
  const waits = waitsOf(relations, direction);
  const events: Seen<E>[] = [];
  let to = from;
  for (
    let lane = nextLane(lanes, waits);
    lane?.head !== undefined && events.length < limit;
    lane = nextLane(lanes, waits)
  ) {
    const event = lane.head;
    lane.pass();
    const beside = withOthers(to, event, { lanes, walk });
    const seen = movedTo(beside, event);
    events.push({ ...event, seen });
    to = direction === 'Forward' ? seen : movedTo(beside, { ...event, position: event.position - 1n });
  }
  for (const lane of lanes.values())
    if (direction === 'Forward' && lane.head === undefined)
      to = movedTo(to, { partition: lane.partition, position: lane.readTo });
  return { events, to, goesOn: [...lanes.values()].some(({ next }) => next !== null) };
};
