import type { Redis } from 'ioredis';
import type { Runner } from '../../database/index.ts';
import type { Seal } from '../../events/index.ts';
import type { DatabaseHome } from '../../platform/index.ts';
import { type Entry, entriesOf } from './entries.ts';
import { tellApart } from './told-apart.ts';

export interface Comparing {
  /** Where each home is. */
  readonly homes: Readonly<Record<DatabaseHome, Runner>>;
  readonly redis: Redis;
  readonly seal: Seal;
  readonly streams: readonly string[];
}

/** An entry of Redis that the database lacks. */
export interface Missed {
  readonly entry: Entry;
  /** Lost: of panier's own, and nowhere else. The others are of other services, and are delivered again. */
  readonly isLost: boolean;
}

/** What Redis has and the database lacks, stream by stream, in the streams' order. Nothing is changed. */
export async function* missedBy({ homes, redis, seal, streams }: Comparing): AsyncGenerator<Missed> {
  for (const stream of streams)
    for await (const entries of entriesOf(redis, stream))
      for (const { entry, fate } of await tellApart(homes, seal, entries))
        if (fate === 'Lost' || fate === 'Lacking') yield { entry, isLost: fate === 'Lost' };
}
