const HIDDEN = '[hidden]';

/** The password of a URL, be it with an @ in it or behind the ?, and whatever looks like a JWT or stands behind `Bearer`. */
const SECRETS =
  /(?<=:\/\/[^\s:/@]*:)[^\s/]+(?=@)|(?<=password=)[^\s&#]+|(?<![\w-])eyJ[\w-]+\.[\w-]+\.[\w-]*|(?<=\bBearer )[^\s"']+/gi;

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

const STRINGS = /"[^"\\]*(?:\\.[^"\\]*)*"/g;

/** Whether a line can have anything to hide at all: most have not, and are not taken apart. */
const SUSPECT = /@|password=|eyJ|bearer /i;

// As it was said: next to the escapes of JSON a secret is not known as one, and half of an escape would go with it.
const hiddenIn = (string: string): string => JSON.stringify(withoutSecrets(String(JSON.parse(string))));

/** A line of JSON as it may be written: within its strings alone, for nowhere else such letters can be. */
export const safeLine = (line: string): string => {
  const said = line.trimEnd();
  return `${inOneLine(SUSPECT.test(said) ? said.replaceAll(STRINGS, hiddenIn) : said)}\n`;
};
