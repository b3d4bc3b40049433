import type { Random } from '../../support/random.ts';

const digits = (random: Random, count: number): string =>
  Array.from({ length: count / 4 }, () => random.integer(0x1000, 0xffff).toString(16)).join('');

/** Traces that customers begin themselves, of which panier sees one span's id only. */
export class Callers {
  /** The ids of those spans: nobody ever sends them. */
  readonly spanIds = new Set<string>();
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  traceparent(): string {
    const spanId = digits(this.#random, 16);
    this.spanIds.add(spanId);
    return `00-${digits(this.#random, 32)}-${spanId}-01`;
  }
}
