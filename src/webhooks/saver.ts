import { type Clock, guarded, ignored } from '../platform/index.ts';

interface SaverParts {
  /** False: it is not ours to save any more. */
  readonly save: () => Promise<boolean>;
  readonly onSaved: (isOurs: boolean) => void;
  readonly onFailure: (error: unknown) => void;
  readonly everyMs: number;
  readonly clock: Clock;
}

/** Saves what changes, soon and not too often: at most once at a time, and once in a while. */
export class Saver {
  readonly #parts: SaverParts;
  readonly #stopping = new AbortController();
  #isWanted = false;
  #running: Promise<void> | null = null;

  constructor(parts: SaverParts) {
    this.#parts = parts;
  }

  request(): void {
    this.#isWanted = true;
    this.#running ??= this.#run();
  }

  /** Saves what is not saved yet, the last time. */
  async finish(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    if (this.#isWanted) await this.#saveOnce();
  }

  async #run(): Promise<void> {
    const { clock, everyMs } = this.#parts;
    const { signal } = this.#stopping;
    while (this.#isWanted && !signal.aborted) {
      await this.#saveOnce();
      await clock.sleep(everyMs, signal);
    }
    this.#running = null;
  }

  async #saveOnce(): Promise<void> {
    const { save, onSaved, onFailure } = this.#parts;
    this.#isWanted = false;
    try {
      onSaved(await save());
    } catch (error) {
      this.#isWanted = true;
      guarded(onFailure, ignored)(error);
    }
  }
}
