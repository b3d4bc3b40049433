import type { Redis } from 'ioredis';

const PAGE = 2_000;

type Entries = readonly (readonly [id: string, fields: readonly string[]])[];

const isBefore = (left: string, right: string): boolean => {
  const [leftMs = 0, leftNumber = 0] = left.split('-').map(Number);
  const [rightMs = 0, rightNumber = 0] = right.split('-').map(Number);
  return leftMs < rightMs || (leftMs === rightMs && leftNumber < rightNumber);
};

/** Reads one key of a stream along with the groups, and counts the events that had come before, there or at another key. */
export class StreamTail {
  readonly #stream: string;
  readonly #entryIds = new Set<string>();
  readonly #seen: Set<string>;
  #last = '0-0';
  duplicates = 0;

  /** `seen`: the ids of all events that came, which the tails of all keys share. */
  constructor(stream: string, seen: Set<string>) {
    this.#stream = stream;
    this.#seen = seen;
  }

  get entries(): number {
    return this.#entryIds.size;
  }

  async read(redis: Redis): Promise<void> {
    const [newest] = (await redis.xrevrange(this.#stream, '+', '-', 'COUNT', 1)) as Entries;
    // The stream has lost its end, and what is added now has ids that were passed long ago.
    if (newest === undefined || isBefore(newest[0], this.#last)) this.#last = '0-0';
    for (;;) {
      const page = (await redis.xrange(this.#stream, `(${this.#last}`, '+', 'COUNT', PAGE)) as Entries;
      for (const [id, fields] of page) this.#take(id, fields);
      if (page.length < PAGE) return;
    }
  }

  #take(entryId: string, fields: readonly string[]): void {
    this.#last = entryId;
    const eventId = fields[fields.indexOf('event_id') + 1] ?? '';
    const key = `${entryId} ${eventId}`;
    if (this.#entryIds.has(key)) return;
    this.#entryIds.add(key);
    if (this.#seen.has(eventId)) this.duplicates += 1;
    this.#seen.add(eventId);
  }
}
