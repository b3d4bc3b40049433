import { LRUCache } from 'lru-cache';

const MAX_ENTRIES = 1_000;
/** A parsed document weighs a hundred times its text and more. */
const MAX_CHARACTERS = 400_000;
const MAX_CHARACTERS_EACH = 50_000;

/**
 * What was made of texts that clients sent, least recently used first out. A flood of different texts costs what making
 * costs, and no memory: both the number of entries and the length of their texts are bounded.
 */
export class TextCache<V extends object | string | number> extends LRUCache<string, V> {
  constructor() {
    super({
      max: MAX_ENTRIES,
      maxSize: MAX_CHARACTERS,
      maxEntrySize: MAX_CHARACTERS_EACH,
      sizeCalculation: (_, text) => 1 + text.length,
    });
  }
}
