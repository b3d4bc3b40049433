/** Texts as Unicode counts them: a character is a code point, a bicycle (U+1F6B2) as well as an a. */

const CONTROL = /\p{Cc}/u;
/** As {@link CONTROL}, but for tab, line feed and carriage return. */
const CONTROL_WITHIN_LINES = /[^\P{Cc}\t\n\r]/u;
/** What leaves a mark on paper: no space, no format character, no filler, nothing that is no character; a combining mark needs what it combines with. */
const VISIBLE =
  /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Cs}\p{M}\p{Noncharacter_Code_Point}\u2800]/u;

const codePointsOf = (value: string): number => {
  let count = 0;
  for (const _character of value) count += 1;
  return count;
};

/** Of a unit of UTF-16, its place among code points: those of surrogate pairs come last, not before U+E000. */
const placeOf = (unit: number): number => (unit < 0xd800 || unit > 0xdfff ? unit : unit + 0x1_0000);

/** Below 0 when one text comes before the other by code points: the order of the collation "C", not the one of `<`. */
export const compareCodePoints = (one: string, other: string): number => {
  const shared = Math.min(one.length, other.length);
  for (let at = 0; at < shared; at += 1) {
    const difference = placeOf(one.charCodeAt(at)) - placeOf(other.charCodeAt(at));
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
};

/** Whether the text has at most `max` characters. A text far too long is not looked through. */
export const fitsInto = (value: string, max: number): boolean =>
  value.length <= max || (value.length <= 2 * max && codePointsOf(value) <= max);

/**
 * Whether journal, stream and read model hold the text alike: no half of a surrogate pair, which UTF-8 cannot say, and no
 * control character, among them NUL, which PostgreSQL cannot keep.
 */
export const isWellFormedText = (value: string): boolean => value.isWellFormed() && !CONTROL.test(value);

/** As {@link isWellFormedText}, for a text of several lines: tabs and line ends are no control characters there. */
export const areWellFormedLines = (value: string): boolean => value.isWellFormed() && !CONTROL_WITHIN_LINES.test(value);

/** Whether anything of the text can be seen: a name of zero-width spaces names nothing. */
export const isVisibleText = (value: string): boolean => VISIBLE.test(value);

const MAX_SHOWN = 100;

/** What was handed in, fit to stand in a message: well formed, and not longer than 100 characters. */
export const shownText = (value: string): string => {
  const shown = Array.from(value.slice(0, 2 * MAX_SHOWN).toWellFormed())
    .slice(0, MAX_SHOWN)
    .join('');
  return shown.replaceAll(/\p{Cc}/gu, '\ufffd');
};
