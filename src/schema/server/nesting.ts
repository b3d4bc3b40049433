import { Lexer, Source, TokenKind } from 'graphql';

const OPENING: ReadonlySet<string> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const CLOSING: ReadonlySet<string> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

const measure = (lexer: Lexer, limit: number): boolean => {
  let depth = 0;
  for (let { kind } = lexer.advance(); kind !== TokenKind.EOF; { kind } = lexer.advance()) {
    if (OPENING.has(kind)) depth += 1;
    if (CLOSING.has(kind)) depth -= 1;
    if (depth > limit) return true;
  }
  return false;
};

/** Whether brackets of a document stand within each other deeper than that. Found out without recursion, unlike parsing. */
export const nestsTooDeeply = (document: string | Source, limit: number): boolean => {
  try {
    return measure(new Lexer(typeof document === 'string' ? new Source(document) : document), limit);
  } catch {
    // What cannot even be split into tokens: the parser stops at the same place, and says where it is.
    return false;
  }
};
