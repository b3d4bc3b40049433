import { isIP } from 'node:net';
import type { Refusal } from './refusal.ts';

/** Whether requests to a host, as clients name it, are served here. */
export type IsServed = (host: string | null) => boolean;

export const OTHER_HOST: Refusal = {
  status: 421,
  code: 'UNKNOWN_HOST',
  message: 'No host of that name is served here: set PANIER_HOSTS to the names by which clients reach panier.',
};

/**
 * Any page can let its own name lead to 127.0.0.1, and then asks as a page of this server: so names are served that were
 * given, and those that lead nowhere else. An address is no name that could be made to lead elsewhere. `*` serves all.
 */
export const servedHosts = (names: readonly string[]): IsServed => {
  const served = new Set(['localhost', ...names.map((name) => name.toLowerCase())]);
  if (served.has('*')) return () => true;
  return (host) =>
    host === null || served.has(host) || host.endsWith('.localhost') || isIP(host.replaceAll(/^\[|\]$/g, '')) !== 0;
};
