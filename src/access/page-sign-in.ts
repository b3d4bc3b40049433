import { createHash } from 'node:crypto';
import type { TokenConfig } from '../platform/index.ts';
import { signToken } from './sign-token.ts';
import { SCOPES } from './viewer.ts';

const TTL_SECONDS = 28_800;

/** Signs panier's own pages in as an operator, by a cookie that no script reads and no other site's page sends. */
export interface PageSignIn {
  /** Told apart by the key: two paniers on one host share its cookies, whatever their ports. */
  readonly cookieName: string;
  /** What `set-cookie` says. */
  readonly newCookie: () => Promise<string>;
}

/** For development alone: null with keys that were configured. */
export const pageSignInOf = (config: TokenConfig): PageSignIn | null => {
  const { key } = config;
  if (key?.kind !== 'Development') return null;
  const cookieName = `panier-${createHash('sha256').update(key.secret).digest('hex').slice(0, 8)}`;
  const grant = { role: 'operator', subject: 'development', scopes: SCOPES, ttlSeconds: TTL_SECONDS } as const;
  const newCookie = async (): Promise<string> => {
    const token = await signToken(key.secret, config, grant);
    return `${cookieName}=${token}; Path=/graphql; Max-Age=${TTL_SECONDS}; HttpOnly; SameSite=Strict`;
  };
  return { cookieName, newCookie };
};
