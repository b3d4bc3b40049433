import { type Surface as AnySurface, openSurface as openAnySurface } from '../../http/index.ts';
import type { Exposure } from '../../platform/index.ts';
import { type Cors, openCors } from './cors.ts';

export { PLAIN_PAST_PROXIES } from '../../http/index.ts';

/** Who may call, browsers with other sites' pages among them, and how it is known who calls. */
export interface Surface extends AnySurface {
  readonly cors: Cors;
}

type Opened = Pick<Exposure, 'mode' | 'corsOrigins' | 'trustedProxies'>;

/** As `npm start` without configuration. */
export const OWN_PAGES_ONLY: Opened = { mode: 'development', corsOrigins: [], trustedProxies: [] };

export const openSurface = (opened: Opened, hosts: readonly string[]): Surface => ({
  ...openAnySurface(opened, hosts),
  cors: openCors(opened.corsOrigins),
});
