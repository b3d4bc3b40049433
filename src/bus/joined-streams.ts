import { type Clock, Cooldowns } from '../platform/index.ts';
import { StreamRefused } from './stream-group.ts';

export interface Joining {
  readonly streams: readonly string[];
  /** Makes the group where it is missing, and handles what was delivered before. @throws {StreamRefused} */
  readonly join: (stream: string) => Promise<void>;
  readonly onRefused: (stream: string, refusal: StreamRefused) => void;
  readonly clock: Clock;
  readonly pauses: { readonly firstMs: number; readonly maxMs: number };
}

/** Those of a consumer's streams that it reads. One that cannot be read is left alone for a while; the others go on. */
export class JoinedStreams {
  readonly #joining: Joining;
  readonly #refused: Cooldowns;
  readonly #joined = new Set<string>();

  constructor(joining: Joining) {
    this.#joining = joining;
    this.#refused = new Cooldowns(joining.clock, joining.pauses);
  }

  get all(): readonly string[] {
    return [...this.#joined];
  }

  /** From the start. @throws {StreamRefused} when none can be read */
  async join(): Promise<void> {
    this.#joined.clear();
    const refusals = await this.#try(this.#joining.streams);
    if (this.#joined.size === 0) throw refusals[0] ?? new Error('There is no stream to be read.');
  }

  /** Those that were refused, and have been left alone for long enough. */
  async joinRefused(): Promise<void> {
    const { streams } = this.#joining;
    if (this.#joined.size === streams.length) return;
    const held = this.#refused.current();
    await this.#try(streams.filter((stream) => !this.#joined.has(stream) && !held.includes(stream)));
  }

  async #try(streams: readonly string[]): Promise<readonly StreamRefused[]> {
    const refusals: StreamRefused[] = [];
    for (const stream of streams) {
      const refusal = await this.#joining.join(stream).catch(refusalIn);
      if (refusal instanceof StreamRefused) {
        refusals.push(refusal);
        this.#refused.start(stream);
        this.#joining.onRefused(stream, refusal);
      } else {
        this.#refused.end(stream);
        this.#joined.add(stream);
      }
    }
    return refusals;
  }
}

const refusalIn = (error: unknown): StreamRefused => {
  if (error instanceof StreamRefused) return error;
  throw error;
};
