/** What is to be delivered, in its place: nothing overtakes what shares a key with it. */
export interface Queued {
  readonly position: bigint;
  /** At least one: the order or other aggregate, and the saga that it belongs to. */
  readonly keys: readonly string[];
}

/**
 * What waits to be delivered, in order for each key, while different keys go their own ways. An item is ready when it is the
 * first of all its keys; taken, it goes on holding up those behind it until it is done.
 */
export class Queue<T extends Queued> {
  readonly #lines = new Map<string, T[]>();
  readonly #ready: T[] = [];
  readonly #all = new Map<bigint, T>();

  /** Of all that are not done. */
  get size(): number {
    return this.#all.size;
  }

  get readyCount(): number {
    return this.#ready.length;
  }

  /** Those not done, in the order in which they were added. */
  get items(): Iterable<T> {
    return this.#all.values();
  }

  /** In the order in which they are to be delivered. */
  add(item: T): void {
    this.#all.set(item.position, item);
    for (const key of item.keys) this.#lineOf(key).push(item);
    if (this.#isFirst(item)) this.#ready.push(item);
  }

  /** The next one that is ready; it is not ready any more. */
  take(): T | undefined {
    return this.#ready.shift();
  }

  /** Lets those behind it come. */
  done(item: T): void {
    this.#all.delete(item.position);
    const next = new Set(item.keys.flatMap((key) => this.#leave(key) ?? []));
    for (const each of next) if (this.#isFirst(each)) this.#ready.push(each);
  }

  #lineOf(key: string): T[] {
    const line = this.#lines.get(key) ?? [];
    this.#lines.set(key, line);
    return line;
  }

  #isFirst(item: T): boolean {
    return item.keys.every((key) => this.#lines.get(key)?.[0] === item);
  }

  #leave(key: string): T | undefined {
    const line = this.#lineOf(key);
    line.shift();
    if (line.length === 0) this.#lines.delete(key);
    return line[0];
  }
}
