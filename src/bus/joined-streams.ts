import { type Clock, Cooldowns } from '../platform/index.ts';
import { StreamRefused } from './stream-group.ts';

export interface Joining {
  /** Makes the group where it is missing, and handles what was delivered before. @throws {StreamRefused} */
  readonly join: (stream: string) => Promise<void>;
  readonly onRefused: (stream: string, refusal: StreamRefused) => void;
  readonly clock: Clock;
  readonly pauses: { readonly firstMs: number; readonly maxMs: number };
}

/** Those of the streams that a consumer is to read which it reads. One that cannot be read is left alone for a while; the others go on. */
export class JoinedStreams {
  readonly #joining: Joining;
  readonly #refused: Cooldowns;
  readonly #joined = new Set<string>();
  #wanted: readonly string[] = [];

  constructor(joining: Joining) {
    this.#joining = joining;
    this.#refused = new Cooldowns(joining.clock, joining.pauses);
  }

  get all(): readonly string[] {
    return [...this.#joined];
  }

  /** Those that it is to read. */
  get wanted(): readonly string[] {
    return this.#wanted;
  }

  /** From the start. @throws {StreamRefused} when none can be read */
  async join(wanted: readonly string[]): Promise<void> {
    this.#joined.clear();
    this.#wanted = wanted;
    const refusals = await this.#try(wanted);
    if (this.#joined.size === 0 && wanted.length > 0) throw refusals[0] ?? new Error('There is no stream to be read.');
  }

  /** From now on it is to read these: it reads those of them that it has joined. */
  follow(wanted: readonly string[]): void {
    this.#wanted = wanted;
    for (const stream of this.#joined) if (!wanted.includes(stream)) this.#joined.delete(stream);
  }

  /** Those that it is to read and has not joined; what was refused, after it has been left alone for long enough. */
  async joinMissing(): Promise<void> {
    if (this.#joined.size === this.#wanted.length) return;
    const held = this.#refused.current();
    await this.#try(this.#wanted.filter((stream) => !this.#joined.has(stream) && !held.includes(stream)));
  }

  /** All at the same time: one after the other they would wait for an answer of the bus many times over. */
  async #try(streams: readonly string[]): Promise<readonly StreamRefused[]> {
    const joins = streams.map((stream) => this.#joining.join(stream));
    const outcomes = await Promise.allSettled(joins);
    const refusals: StreamRefused[] = [];
    for (const [nth, stream] of streams.entries()) {
      const outcome = outcomes[nth];
      const refusal = outcome?.status === 'rejected' ? refusalIn(outcome.reason) : null;
      if (refusal === null) this.#joinedNow(stream);
      else {
        refusals.push(refusal);
        this.#refused.start(stream);
        this.#joining.onRefused(stream, refusal);
      }
    }
    return refusals;
  }

  #joinedNow(stream: string): void {
    this.#refused.end(stream);
    this.#joined.add(stream);
  }
}

const refusalIn = (error: unknown): StreamRefused => {
  if (error instanceof StreamRefused) return error;
  throw error;
};
