import type { LogFile } from './log-file.ts';
import type { Change, Ending, Entry } from './records.ts';

/** What the books say to a change: how it ended, now or the first time; or that its key stands for another one. */
export type Verdict = Ending | { readonly type: 'Misused' };

/** An entry as the clock has not stamped it yet. */
type Unstamped<T extends Entry = Entry> = T extends Entry ? Omit<T, 'atMs'> : never;

const isSame = (one: Change, other: Change): boolean =>
  one.productId === other.productId && one.direction === other.direction && one.quantity === other.quantity;

/** The stock, and every answer that was given under a key, on a log that outlives the process. */
export class Books {
  readonly #log: LogFile;
  readonly #entries: Entry[] = [];
  readonly #levels = new Map<string, number>();
  readonly #answers = new Map<string, { readonly change: Change; readonly ending: Ending }>();

  constructor(log: LogFile) {
    this.#log = log;
    for (const entry of log.entries) this.#take(entry);
  }

  get history(): readonly Entry[] {
    return this.#entries;
  }

  get levels(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#levels);
  }

  /** Null for a product that nobody ever stocked. */
  available(productId: string): number | null {
    return this.#levels.get(productId) ?? null;
  }

  stock(productId: string, available: number): void {
    this.#write({ type: 'Stocked', productId, delta: available - (this.available(productId) ?? 0) });
  }

  /** More comes in: what others take meanwhile is not undone by it. */
  deliver(productId: string, delta: number): void {
    this.#write({ type: 'Stocked', productId, delta });
  }

  note(kind: string, key: string | null): void {
    this.#write({ type: 'Troubled', kind, key });
  }

  /** Makes the change, once for a key; it is on the log when this returns. */
  change(change: Change): Verdict {
    const { key } = change;
    const answered = key === null ? undefined : this.#answers.get(key);
    if (key === null || answered === undefined) return this.#decide(change);
    if (!isSame(change, answered.change)) {
      this.#write({ type: 'Misused', change });
      return { type: 'Misused' };
    }
    this.#write({ type: 'Repeated', key });
    return answered.ending;
  }

  #decide(change: Change): Ending {
    const ending = this.#endingOf(change);
    this.#write({ type: 'Answered', change, ending });
    return ending;
  }

  #endingOf({ productId, direction, quantity }: Change): Ending {
    const available = this.available(productId);
    if (available === null) return { type: 'Unknown' };
    if (direction === 'reduce' && quantity > available) return { type: 'Short', available };
    return { type: 'Changed', available: direction === 'reduce' ? available - quantity : available + quantity };
  }

  #write(unstamped: Unstamped): void {
    const entry: Entry = { ...unstamped, atMs: Date.now() };
    this.#log.append(entry);
    this.#take(entry);
  }

  #take(entry: Entry): void {
    this.#entries.push(entry);
    if (entry.type === 'Stocked') {
      this.#levels.set(entry.productId, (this.available(entry.productId) ?? 0) + entry.delta);
    } else if (entry.type === 'Answered') {
      const { change, ending } = entry;
      if (ending.type === 'Changed') this.#levels.set(change.productId, ending.available);
      if (change.key !== null) this.#answers.set(change.key, { change, ending });
    }
  }
}
