interface Waiting<T> {
  readonly item: T;
  readonly settle: () => void;
  readonly fail: (error: unknown) => void;
}

/** Writes what arrived together in one go, with so many writers. */
export class Gathering<T> {
  readonly #maxWriters: number;
  readonly #maxBatch: number;
  readonly #write: (items: readonly T[]) => Promise<void>;
  readonly #waiting: Waiting<T>[] = [];
  #writers = 0;

  constructor(maxWriters: number, maxBatch: number, write: (items: readonly T[]) => Promise<void>) {
    this.#maxWriters = maxWriters;
    this.#maxBatch = maxBatch;
    this.#write = write;
  }

  add(item: T): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#waiting.push({ item, settle: resolve, fail: reject });
    if (this.#writers < this.#maxWriters) void this.#drain();
    return promise;
  }

  async #drain(): Promise<void> {
    this.#writers += 1;
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#waiting.length === 0) break;
      await this.#writeOnce(this.#waiting.splice(0, this.#maxBatch));
    }
    this.#writers -= 1;
  }

  async #writeOnce(batch: readonly Waiting<T>[]): Promise<void> {
    try {
      await this.#write(batch.map(({ item }) => item));
      for (const { settle } of batch) settle();
    } catch (error) {
      for (const { fail } of batch) fail(error);
    }
  }
}
