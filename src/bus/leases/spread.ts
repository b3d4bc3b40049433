import type { Unit } from './units.ts';

export interface Spreading {
  /** Those of the first list are spread evenly for themselves, those of the others so that the sums are even. */
  readonly units: readonly (readonly Unit[])[];
  /** Ids of all that are alive. */
  readonly readers: readonly string[];
  /** Who has what now. */
  readonly heldBy: ReadonlyMap<Unit, string>;
}

interface Room {
  readonly reader: string;
  readonly held: readonly Unit[];
  /** What it has of the lists before. */
  readonly load: number;
}

const byId = (one: Room, other: Room): number => (one.reader < other.reader ? -1 : 1);

/** Who has one more than the others: whoever has it already; then, whoever would have to give away most. */
const mostFirst =
  (least: number) =>
  (one: Room, other: Room): number =>
    Number(other.load > least) - Number(one.load > least) ||
    other.load + other.held.length - (one.load + one.held.length) ||
    byId(one, other);

const dealOne = (units: readonly Unit[], rooms: readonly Room[]): ReadonlyMap<Unit, string> => {
  const total = rooms.reduce((sum, { load }) => sum + load, units.length);
  const least = Math.floor(total / rooms.length);
  const withMore = total % rooms.length;
  const dealt = new Map<Unit, string>();
  const free: string[] = [];
  for (const [nth, { reader, held, load }] of rooms.toSorted(mostFirst(least)).entries()) {
    const room = Math.max(0, least + Number(nth < withMore) - load);
    const kept = held.slice(0, room);
    for (const unit of kept) dealt.set(unit, reader);
    for (let left = room - kept.length; left > 0; left -= 1) free.push(reader);
  }
  for (const unit of units) {
    const reader = dealt.get(unit) ?? free.shift();
    if (reader !== undefined) dealt.set(unit, reader);
  }
  return dealt;
};

/**
 * Who is to have which unit, each as many as the others or one more. It depends on nothing but what is given, so that all
 * who know the same come to the same; and nobody gives away more than it has too many.
 */
export const spread = ({ units, readers, heldBy }: Spreading): ReadonlyMap<Unit, string> => {
  const spreadSoFar = new Map<Unit, string>();
  if (readers.length === 0) return spreadSoFar;
  for (const list of units) {
    const loads = [...spreadSoFar.values()];
    const rooms = readers.map((reader) => ({
      reader,
      held: list.filter((unit) => heldBy.get(unit) === reader),
      load: loads.filter((of) => of === reader).length,
    }));
    for (const [unit, reader] of dealOne(list, rooms)) spreadSoFar.set(unit, reader);
  }
  return spreadSoFar;
};
