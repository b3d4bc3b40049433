import { LRUCache } from 'lru-cache';
import { decodeEntry, type Recorded, streamOfKey } from '../events/index.ts';
import type { StreamEntry } from './stream-group.ts';

/** The event of an entry. @throws {DecodeError} */
export type Decode = (entry: StreamEntry) => Recorded;

/** For who reads alone. */
export const decodeAlone: Decode = ({ stream, fields }) => decodeEntry(streamOfKey(stream), fields);

interface Kept {
  readonly fields: readonly string[];
  readonly recorded: Recorded;
  /** How many groups have yet to read it. */
  left: number;
}

/** Groups that keep up read an entry within a moment of each other. */
const MAX_ENTRIES = 2_000;
const MAX_CHARACTERS = 4_000_000;

const lengthOf = ({ fields }: Kept): number => fields.reduce((sum, field) => sum + field.length, 1);

// Ids may come again, after a flush or from a stranger's stream; what is the same letter by letter is the same event.
const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((field, nth) => field === other[nth]);

/** Each group has an envelope of its own: spans are known by it. */
const copyOf = ({ envelope, event }: Recorded): Recorded => ({ envelope: { ...envelope }, event });

/** What several groups of one process read: each entry is decoded once, and let go when all of them have read it. */
export class SharedEntries {
  /** How many groups read a stream. */
  readonly #groups = new Map<string, number>();
  readonly #kept = new LRUCache<string, Kept>({
    max: MAX_ENTRIES,
    maxSize: MAX_CHARACTERS,
    sizeCalculation: lengthOf,
  });

  /** One more group reads these streams; how it decodes their entries. */
  readBy(streams: readonly string[]): Decode {
    for (const stream of streams) this.#groups.set(stream, (this.#groups.get(stream) ?? 0) + 1);
    return (entry) => this.#decode(entry);
  }

  #decode(entry: StreamEntry): Recorded {
    const key = `${entry.stream} ${entry.id}`;
    const kept = this.#kept.get(key);
    if (kept === undefined || !isSame(kept.fields, entry.fields)) return this.#decodeFirst(key, entry);
    kept.left -= 1;
    if (kept.left === 0) this.#kept.delete(key);
    return copyOf(kept.recorded);
  }

  #decodeFirst(key: string, entry: StreamEntry): Recorded {
    const recorded = decodeAlone(entry);
    const left = (this.#groups.get(streamOfKey(entry.stream)) ?? 1) - 1;
    if (left > 0) this.#kept.set(key, { fields: entry.fields, recorded, left });
    return recorded;
  }
}
