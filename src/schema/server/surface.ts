import type { IncomingMessage } from 'node:http';
import type { Exposure } from '../../platform/index.ts';
import { type Cors, openCors } from './cors.ts';
import { type IsServed, servedHosts } from './hosts.ts';
import { openProxies, type Proxies } from './proxies.ts';
import type { Refusal } from './refusal.ts';

/** Who may call, and how it is known who calls: before anything is asked. */
export interface Surface {
  readonly isProduction: boolean;
  readonly isServed: IsServed;
  readonly cors: Cors;
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

type Opened = Pick<Exposure, 'mode' | 'corsOrigins' | 'trustedProxies'>;

/** As `npm start` without configuration. */
export const OWN_PAGES_ONLY: Opened = { mode: 'development', corsOrigins: [], trustedProxies: [] };

export const openSurface = ({ mode, corsOrigins, trustedProxies }: Opened, hosts: readonly string[]): Surface => {
  const isProduction = mode === 'production';
  const proxies = openProxies(trustedProxies);
  const isBehindProxies = isProduction && trustedProxies.length > 0;
  return {
    isProduction,
    isServed: servedHosts(hosts),
    cors: openCors(corsOrigins),
    proxies,
    isPlainPast: (request) => isBehindProxies && !proxies.isShielded(request),
  };
};
