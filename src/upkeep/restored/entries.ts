import type { Redis } from 'ioredis';

/** An entry as it stands in its stream: names and values in turn. */
export interface Entry {
  readonly stream: string;
  readonly id: string;
  readonly fields: readonly string[];
}

const READ_AT_ONCE = 1_000;

/** All entries of a stream, the oldest first, so many at a time. */
export async function* entriesOf(redis: Redis, stream: string): AsyncGenerator<readonly Entry[]> {
  for (let from = '-'; ; ) {
    const found = await redis.xrange(stream, from, '+', 'COUNT', READ_AT_ONCE);
    const last = found.at(-1);
    if (last === undefined) return;
    yield found.map(([id, fields]) => ({ stream, id, fields }));
    from = `(${last[0]}`;
  }
}

/** Its first value of that name; empty when it has none. */
export const fieldOf = ({ fields }: Pick<Entry, 'fields'>, name: string): string => {
  for (let at = 0; at + 1 < fields.length; at += 2) if (fields[at] === name) return fields[at + 1] ?? '';
  return '';
};
