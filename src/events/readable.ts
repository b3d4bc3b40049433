import type { Json, JsonObject } from './json.ts';

/** What stands in the place of what no reader can take. */
const REPLACEMENT = '\uFFFD';

/** Deeper than any event: reading and writing JSON takes stack for each level, here and in PostgreSQL. */
export const MAX_DEPTH = 64;

/** Whether PostgreSQL, and any UTF-8, can hold the text: no NUL, and no half of a surrogate pair. */
export const isReadableText = (text: string): boolean => text.isWellFormed() && !text.includes('\0');

/** The text as every reader can take it: U+FFFD for each NUL and each half of a surrogate pair. */
export const readableText = (text: string): string =>
  isReadableText(text) ? text : text.toWellFormed().replaceAll('\0', REPLACEMENT);

const holds = (value: Json, levels: number): boolean => {
  if (typeof value === 'string') return isReadableText(value);
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  if (levels === 0) return false;
  if (Array.isArray(value)) return value.every((item: Json) => holds(item, levels - 1));
  return areHeld(value as JsonObject, levels - 1);
};

// By a loop: each event that is read comes by here, and Object.entries and a closure take longer than the look itself.
const areHeld = (object: JsonObject, levels: number): boolean => {
  for (const key of Object.keys(object)) if (!isReadableText(key) || !holds(object[key] ?? null, levels)) return false;
  return true;
};

const mended = (value: Json, levels: number): Json => {
  if (typeof value === 'string') return readableText(value);
  // What a reader of JSON makes of 1e400; written, it is null.
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) return REPLACEMENT;
  if (Array.isArray(value)) return value.map((item: Json) => mended(item, levels - 1));
  // Not by assignment: a key may be __proto__.
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [readableText(key), mended(item, levels - 1)] as const),
  );
};

const isTooDeep = (value: Json, levels: number): boolean => {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((item: Json) => isTooDeep(item, levels - 1));
};

/**
 * JSON as every reader can take it: PostgreSQL's json functions, a fold, an answer. Whatever it held that no reader can,
 * is U+FFFD. Nothing is copied where nothing is to be mended. `panier_readable` does the same in SQL.
 */
export const readable = <T>(value: T): T =>
  holds(value as Json, MAX_DEPTH) ? value : (mended(value as Json, MAX_DEPTH) as T);

/** As {@link readable}; null where lists and objects stand in one another more than {@link MAX_DEPTH} deep. */
export const readableUnlessTooDeep = <T extends Json>(value: T): T | null => {
  const taken = readable(value);
  // What needs no mending is not too deep: one walk is enough for nearly all.
  return taken !== value && isTooDeep(value, MAX_DEPTH) ? null : taken;
};
