const HIDDEN = '[hidden]';

/** The password of a URL, that of its Sentinels, and whatever looks like a JWT or stands behind `Bearer`. */
const SECRETS =
  /(?<=:\/\/[^\s:/@]*:)[^\s/@"]+(?=@)|(?<=\bsentinelPassword=)[^\s&#"]+|\beyJ[\w-]+\.[\w-]+\.[\w-]*|(?<=\bBearer )[^\s"']+/gi;

/** Whoever stands before the host of a URL is not meant. */
const E_MAIL = /(?<![\w.+/:%-])[\w.+%-]+@[\w-]+(?:\.[\w-]+)+/g;

/** The text without what nobody may learn from a log. */
export const withoutSecrets = (text: string): string => text.replaceAll(SECRETS, HIDDEN).replaceAll(E_MAIL, '[e-mail]');

/**
 * What a terminal or a reader of lines takes for more than a letter: controls, ends of lines, and what turns the direction of
 * writing. JSON itself escapes only the first of them.
 */
const TRICKS = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

const escaped = (letter: string): string => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** The text in one line, with every letter that is more than that escaped. */
export const inOneLine = (text: string): string => text.replaceAll(TRICKS, escaped);

/** A line of JSON as it may be written: within its strings alone, for nowhere else such letters can be. */
export const safeLine = (line: string): string => `${inOneLine(withoutSecrets(line.trimEnd()))}\n`;
