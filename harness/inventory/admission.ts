import { problem, type Reply } from './reply.ts';

/** Bearer tokens that are let in. */
export interface Tokens {
  /** May read and change the stock. */
  readonly writer: string;
  /** May read it only. */
  readonly reader: string;
}

const CHALLENGE = { 'www-authenticate': 'Bearer' } as const;

/** Why the caller is not let in; null when they are. */
export const refusalOf = (authorization: string | undefined, method: string, tokens: Tokens): Reply | null => {
  const [, token] = /^Bearer (\S+)$/i.exec(authorization ?? '') ?? [];
  if (token === undefined) {
    const detail = 'Sign in with "Authorization: Bearer <token>".';
    return problem({ status: 401, title: 'Not signed in', detail, headers: CHALLENGE });
  }
  if (token !== tokens.writer && token !== tokens.reader) {
    return problem({ status: 401, title: 'Not signed in', detail: 'Nobody has this token.', headers: CHALLENGE });
  }
  if (method === 'GET' || token === tokens.writer) return null;
  return problem({ status: 403, title: 'Not allowed', detail: 'This token reads the stock, and changes nothing.' });
};
