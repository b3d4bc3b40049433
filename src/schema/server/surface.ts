import type { Exposure } from '../../platform/index.ts';
import { type Cors, openCors } from './cors.ts';
import { type IsServed, servedHosts } from './hosts.ts';
import { openProxies, type Proxies } from './proxies.ts';

/** Who may call, and how it is known who calls: before anything is asked. */
export interface Surface {
  readonly isProduction: boolean;
  readonly isServed: IsServed;
  readonly cors: Cors;
  readonly proxies: Proxies;
}

type Opened = Pick<Exposure, 'mode' | 'corsOrigins' | 'trustedProxies'>;

/** As `npm start` without configuration. */
export const OWN_PAGES_ONLY: Opened = { mode: 'development', corsOrigins: [], trustedProxies: [] };

export const openSurface = ({ mode, corsOrigins, trustedProxies }: Opened, hosts: readonly string[]): Surface => ({
  isProduction: mode === 'production',
  isServed: servedHosts(hosts),
  cors: openCors(corsOrigins),
  proxies: openProxies(trustedProxies),
});
