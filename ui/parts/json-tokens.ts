/** A stretch of JSON's text, and what it is. */
export interface JsonToken {
  readonly kind: 'key' | 'text' | 'number' | 'word' | 'sign';
  readonly text: string;
}

const PATTERN =
  /(?<key>"(?:[^"\\]|\\.)*"(?=:))|(?<text>"(?:[^"\\]|\\.)*(?:"|\\?$))|(?<number>-?\d[\d.eE+-]*)|(?<word>true|false|null)|(?<sign>[^"\dtfn-]+|.)/g;
const KINDS = ['key', 'text', 'number', 'word', 'sign'] as const;

const tokenOf = ({ 0: text, groups }: RegExpExecArray): JsonToken => ({
  kind: KINDS.find((kind) => groups?.[kind] !== undefined) ?? 'sign',
  text,
});

/** The text of JSON.stringify, in its parts: all of it, also where it was cut off. */
export const jsonTokens = (json: string): readonly JsonToken[] => [...json.matchAll(PATTERN)].map(tokenOf);
