import type { IncomingMessage } from 'node:http';
import type { Exposure } from '../platform/index.ts';
import { type IsServed, servedHosts } from './hosts.ts';
import { openProxies, type Proxies } from './proxies.ts';
import type { Refusal } from './refusal.ts';

/** Who may call, and how it is known who calls: before anything is asked. */
export interface Surface {
  readonly isProduction: boolean;
  readonly isServed: IsServed;
  readonly proxies: Proxies;
  /** Whether a request is in plain text past the proxies, where they are to see all of them: in production. */
  readonly isPlainPast: (request: IncomingMessage) => boolean;
}

export const PLAIN_PAST_PROXIES: Refusal = {
  status: 403,
  code: 'FORBIDDEN',
  message:
    'In plain text, this panier answers its proxies alone: call it by them, with https, or add your address to PANIER_TRUSTED_PROXIES.',
};

export const openSurface = (
  { mode, trustedProxies }: Pick<Exposure, 'mode' | 'trustedProxies'>,
  hosts: readonly string[],
): Surface => {
  const isProduction = mode === 'production';
  const proxies = openProxies(trustedProxies);
  const isBehindProxies = isProduction && trustedProxies.length > 0;
  return {
    isProduction,
    isServed: servedHosts(hosts),
    proxies,
    isPlainPast: (request) => isBehindProxies && !proxies.isShielded(request),
  };
};
