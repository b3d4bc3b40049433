import { LRUCache } from 'lru-cache';
import { askTogether, orUnavailable } from '../../database/index.ts';
import { type AggregateType, type IdOf, type Reach, reachedOwner } from '../../events/index.ts';
import type { Clock } from '../../platform/index.ts';
import type { JournalStore } from '../journal/journal-store.ts';
import type { Journaled, Wanted } from '../journal/load.ts';
import { type Aggregate, foldJournal, type Loaded } from './aggregate.ts';

const MAX_CACHED = 10_000;
const LOADED_AT_ONCE = 200;

interface Cached {
  readonly loaded: Loaded<unknown>;
  readonly atMs: number;
}

/** How old a cached aggregate may be; 0 asks the journal. */
export interface Freshness {
  readonly maxAgeMs: number;
}

const wantedKey = ({ id, reach }: Wanted): string => `${id} ${reachedOwner(reach)}`;

const keyOf = ({ kind, id }: Pick<Loaded<unknown>, 'kind' | 'id'>): string => `${kind} ${id}`;

/**
 * Aggregates out of the write journal, by kind and id. Those used lately are kept, by version: whoever decides on one that
 * others have moved on meanwhile is refused by the journal, and loads again.
 */
export class Aggregates {
  readonly #clock: Clock;
  readonly #cache = new LRUCache<string, Cached>({ max: MAX_CACHED });
  readonly #journaled: (wanted: Wanted) => Promise<readonly Journaled[]>;

  constructor(loadAggregates: JournalStore['loadAggregates'], clock: Clock) {
    this.#clock = clock;
    const load = orUnavailable(async (wanted: readonly Wanted[]) => {
      const once = new Map(wanted.map((each) => [wantedKey(each), each]));
      const found = await loadAggregates([...once.values()]);
      const byKey = new Map([...once.keys()].map((key, nth) => [key, found[nth]]));
      return wanted.map((each) => byKey.get(wantedKey(each)) ?? []);
    });
    this.#journaled = askTogether(load, LOADED_AT_ONCE);
  }

  async load<State, K extends AggregateType>(
    aggregate: Aggregate<State, K>,
    id: IdOf<K>,
    { maxAgeMs }: Freshness,
  ): Promise<Loaded<State>> {
    const cached = this.#cached(aggregate, id);
    if (cached !== undefined && this.#clock.nowMs() - cached.atMs < maxAgeMs) return cached.loaded;
    const loaded = await this.loadReached(aggregate, id, 'Everything');
    if (loaded.sequence === 0) this.forget(loaded);
    return loaded;
  }

  /**
   * The aggregate as its journal now tells it; to whom it does not belong, as one that is not there. The journal is asked
   * also for what is kept: only there it is known who has claimed what, and what is kept must not answer faster.
   */
  async loadReached<State, K extends AggregateType>(
    aggregate: Aggregate<State, K>,
    id: IdOf<K>,
    reach: Reach,
  ): Promise<Loaded<State>> {
    const loaded = foldJournal(aggregate, id, await this.#journaled({ id, reach }));
    this.remember(loaded);
    return loaded;
  }

  /** The aggregate as it is kept, however old that is; undefined when it is not. */
  remembered<State, K extends AggregateType>(aggregate: Aggregate<State, K>, id: IdOf<K>): Loaded<State> | undefined {
    return this.#cached(aggregate, id)?.loaded;
  }

  /** The aggregate as it was at a sequence that its journal has reached. */
  async loadAt<State, K extends AggregateType>(
    aggregate: Aggregate<State, K>,
    id: IdOf<K>,
    sequence: number,
  ): Promise<Loaded<State>> {
    const cached = this.remembered(aggregate, id);
    if (cached?.sequence === sequence) return cached;
    const journaled = await this.#journaled({ id, reach: 'Everything' });
    return foldJournal(aggregate, id, journaled.slice(0, sequence));
  }

  /** An aggregate that does not exist is not remembered: it may be created elsewhere, or be there for others. */
  remember(loaded: Loaded<unknown>): void {
    if (loaded.sequence > 0) this.#cache.set(keyOf(loaded), { loaded, atMs: this.#clock.nowMs() });
  }

  forget(of: Pick<Loaded<unknown>, 'kind' | 'id'>): void {
    this.#cache.delete(keyOf(of));
  }

  /** What the kind's own fold has made of it: no other one writes under its name. */
  #cached<State>({ kind }: Aggregate<State>, id: string) {
    return this.#cache.get(keyOf({ kind, id })) as (Cached & { readonly loaded: Loaded<State> }) | undefined;
  }
}
