// A longer one is several.
const WORDS = /[\p{L}\p{N}]{1,64}/gu;
const MAX_WORDS = 50;

/** Of a text to look for, in characters. */
export const MAX_SEARCH = 200;

/** The different words of a text, as they are compared: letters and digits, in small letters. The first ones of many. */
export const wordsOf = (text: string): readonly string[] => {
  const words = text.normalize('NFKC').toLowerCase().match(WORDS) ?? [];
  return [...new Set<string>(words)].slice(0, MAX_WORDS);
};

/** The longest first, as they are the rarest. */
export const rarestFirst = (words: readonly string[]): readonly string[] =>
  words.toSorted((one, other) => other.length - one.length);

/** Whether there is a word to look for in the text. */
export const isSearchable = (text: string): boolean => wordsOf(text).length > 0;
