import { Lexer, Source, TokenKind } from 'graphql';

const OPENING: ReadonlySet<string> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const CLOSING: ReadonlySet<string> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

interface TokenLimits {
  readonly tokens: number;
  readonly nesting: number;
}

export type Excess = 'TooManyTokens' | 'NestsTooDeeply';

const excessIn = (lexer: Lexer, limits: TokenLimits): Excess | null => {
  let depth = 0;
  let tokens = 0;
  for (let { kind } = lexer.advance(); kind !== TokenKind.EOF; { kind } = lexer.advance()) {
    tokens += 1;
    if (OPENING.has(kind)) depth += 1;
    if (CLOSING.has(kind)) depth -= 1;
    if (depth > limits.nesting) return 'NestsTooDeeply';
    if (tokens > limits.tokens) return 'TooManyTokens';
  }
  return null;
};

/** What a text has too much of to be parsed. Found out without recursion, unlike parsing, and without reading on. */
export const tokenExcess = (text: string, limits: TokenLimits): Excess | null => {
  try {
    return excessIn(new Lexer(new Source(text)), limits);
  } catch {
    // What cannot even be split into tokens: the parser stops at the same place, and says where it is.
    return null;
  }
};
