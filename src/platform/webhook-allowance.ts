import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { EnvironmentReader } from './environment.ts';

/** Where webhooks may go beside the public Internet. */
export interface WebhookAllowance {
  /** Names, in lower case, wherever they lead. */
  readonly hosts: readonly string[];
  /** CIDR, of either family. */
  readonly ranges: readonly string[];
  /** Whatever is private, and this machine itself. */
  readonly isPrivate: boolean;
}

const HOST = /^[a-z0-9_]([a-z0-9_.-]{0,252})$/;

const rangeIn = (entry: string): string | null => {
  const family = isIP(entry);
  if (family !== 0) return `${entry}/${family === 4 ? 32 : 128}`;
  return ipaddr.isValidCIDR(entry) ? entry : null;
};

/** `PANIER_WEBHOOK_ALLOW`: names of hosts, addresses, ranges, and the word `private`, with commas between. */
export const readWebhookAllowance = ({ text, problems }: EnvironmentReader): WebhookAllowance => {
  const given = text('PANIER_WEBHOOK_ALLOW')?.toLowerCase() ?? '';
  const entries = given.split(',').flatMap((entry) => (entry.trim() === '' ? [] : [entry.trim()]));
  const others = entries.filter((entry) => entry !== 'private');
  const ranges = others.flatMap((entry) => rangeIn(entry) ?? []);
  const hosts = others.filter((entry) => rangeIn(entry) === null);
  for (const host of hosts.filter((entry) => !HOST.test(entry)))
    problems.push(
      `PANIER_WEBHOOK_ALLOW has "${host}": give host names, addresses, ranges such as 10.0.0.0/8, or the word private.`,
    );
  return { hosts, ranges, isPrivate: others.length < entries.length };
};
