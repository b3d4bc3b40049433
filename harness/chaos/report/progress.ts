import { sleep } from '../../../src/platform/index.ts';

const TTY_PERIOD_MS = 500;
const LOG_PERIOD_MS = 10_000;

const clock = (ms: number): string =>
  `${String(Math.floor(ms / 60_000)).padStart(2, '0')}:${String(Math.floor(ms / 1_000) % 60).padStart(2, '0')}`;

/** Says how far it is: one line that is written anew on a terminal, and a line now and then elsewhere. */
export class Progress implements AsyncDisposable {
  readonly #startedAt = performance.now();
  readonly #stopping = new AbortController();
  readonly #describe: () => string;
  readonly #finished: Promise<void>;

  constructor(describe: () => string) {
    this.#describe = describe;
    this.#finished = this.#run();
  }

  /** A line that stays. */
  say(line: string): void {
    const { isTTY } = process.stdout;
    process.stdout.write(`${isTTY ? '\r\x1b[2K' : ''}${this.#time()} ${line}\n`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort();
    await this.#finished;
  }

  async #run(): Promise<void> {
    const { isTTY } = process.stdout;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await sleep(isTTY ? TTY_PERIOD_MS : LOG_PERIOD_MS, signal);
      if (signal.aborted) break;
      const line = `${this.#time()} ${this.#describe()}`;
      process.stdout.write(isTTY ? `\r\x1b[2K${line.slice(0, (process.stdout.columns ?? 100) - 1)}` : `${line}\n`);
    }
    if (isTTY) process.stdout.write('\r\x1b[2K');
  }

  #time(): string {
    return clock(performance.now() - this.#startedAt);
  }
}
