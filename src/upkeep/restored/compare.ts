import type { Redis } from 'ioredis';
import { type Entry, entriesOf } from './entries.ts';
import { type Telling, tellApart } from './told-apart.ts';

/** The streams with their groups, and where each home is. */
export interface Comparing extends Telling {
  readonly redis: Redis;
}

/** An entry of Redis that the database lacks. */
export interface Missed {
  readonly entry: Entry;
  /** Lost: of panier's own, and nowhere else. The others are of other services, and are delivered again. */
  readonly isLost: boolean;
}

/** What Redis has and the database lacks, stream by stream, in the streams' order. Nothing is changed. */
export async function* missedBy(parts: Comparing): AsyncGenerator<Missed> {
  for (const stream of parts.groups.keys())
    for await (const entries of entriesOf(parts.redis, stream))
      for (const { entry, fate } of await tellApart(parts, entries))
        if (fate === 'Lost' || fate === 'Lacking') yield { entry, isLost: fate === 'Lost' };
}
