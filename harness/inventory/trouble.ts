import { Random } from '../support/random.ts';

const TROUBLE_KINDS = [
  /** The connection ends before anything is done. */
  'lost-request',
  /** It is done, and the connection ends instead of an answer. */
  'lost-answer',
  /** The request waits before it is done, perhaps for longer than the caller. */
  'late-request',
  /** It is done, and the answer waits. */
  'late-answer',
  /** It is done, answered, and done once more later: a proxy sends it again. */
  'doubled',
  /** 429 or 503 with Retry-After; nothing is done. */
  'refused',
  /** 500, 502 or 504, done or not. */
  'failed',
  /** An answer that nobody can read, or of something else; done or not. */
  'garbled',
  /** The answer comes byte by byte. */
  'trickled',
] as const;

export type TroubleKind = (typeof TROUBLE_KINDS)[number];

export interface Troubles {
  /** Decides which request has which trouble. */
  readonly seed: number;
  /** Of each kind, the share of requests that have it; together 1 at most. */
  readonly chances: Readonly<Partial<Record<TroubleKind, number>>>;
  readonly maxDelayMs: number;
}

export const NO_TROUBLES: Troubles = { seed: 0, chances: {}, maxDelayMs: 0 };

/** Draws what happens to each request in turn. */
export class Luck {
  readonly random: Random;
  readonly #troubles: Troubles;

  constructor(troubles: Troubles) {
    this.#troubles = troubles;
    this.random = new Random(troubles.seed);
  }

  /** Null: nothing. */
  draw(): TroubleKind | null {
    let roll = this.random.next();
    for (const kind of TROUBLE_KINDS) {
      roll -= this.#troubles.chances[kind] ?? 0;
      if (roll < 0) return kind;
    }
    return null;
  }

  delayMs(): number {
    return this.random.between(0, this.#troubles.maxDelayMs);
  }
}
