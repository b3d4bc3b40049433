const MAX_ENTRIES = 1_000;
/** A parsed document weighs a hundred times its text and more. */
const MAX_CHARACTERS = 400_000;
const MAX_CHARACTERS_EACH = 50_000;

/**
 * What was made of texts that clients sent, least recently used first out. A flood of different texts costs what making
 * costs, and no memory: both the number of entries and the length of their texts are bounded.
 */
export class TextCache<V> {
  readonly #entries = new Map<string, V>();
  #characters = 0;

  get(text: string): V | undefined {
    const value = this.#entries.get(text);
    if (value === undefined) return undefined;
    this.#entries.delete(text);
    this.#entries.set(text, value);
    return value;
  }

  set(text: string, value: V): void {
    if (text.length > MAX_CHARACTERS_EACH) return;
    this.#remove(text);
    this.#entries.set(text, value);
    this.#characters += text.length;
    while (this.#entries.size > MAX_ENTRIES || this.#characters > MAX_CHARACTERS) this.#removeOldest();
  }

  get size(): number {
    return this.#entries.size;
  }

  #remove(text: string): void {
    if (this.#entries.delete(text)) this.#characters -= text.length;
  }

  #removeOldest(): void {
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined) this.#remove(oldest);
  }
}
