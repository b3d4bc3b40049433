const hashOf = (text: string): number => {
  let hash = 2_166_136_261;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16_777_619);
  return hash >>> 0;
};

/** Numbers that a seed decides. Source: mulberry32. */
export class Random {
  readonly #seed: number;
  #state: number;

  constructor(seed: number) {
    this.#seed = seed;
    this.#state = Math.imul(seed ^ 0x9e37_79b9, 0x85eb_ca6b) >>> 0;
  }

  /** At least 0, less than 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  between(min: number, max: number): number {
    return min + this.next() * (max - min);
  }

  /** A whole number; both bounds included. */
  integer(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(list: readonly T[]): T {
    const picked = list[this.integer(0, list.length - 1)];
    if (picked === undefined) throw new Error('Nothing to pick from.');
    return picked;
  }

  shuffle<T>(list: readonly T[]): readonly T[] {
    return list
      .map((value) => ({ value, order: this.next() }))
      .toSorted((left, right) => left.order - right.order)
      .map(({ value }) => value);
  }

  /** A generator of its own, by the next number: what one draws from here on never moves the luck of another. */
  fork(): Random {
    return new Random(this.integer(0, 0xffff_ffff));
  }

  /** The generator of whoever bears the name, however much was drawn before. */
  named(name: string): Random {
    return new Random((this.#seed ^ hashOf(name)) >>> 0);
  }
}
