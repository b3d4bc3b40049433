import { type LookupAddress, type LookupAllOptions, lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { guarded, type WebhookAllowance } from '../platform/index.ts';
import { isAllowedHost, refusedRange } from './addresses.ts';

/** Nobody of ours goes there; the message says why, and what to do. */
export class RefusedTarget extends Error {
  override readonly name = 'RefusedTarget';
}

/** What a URL of a target has to be. */
export interface TargetRules {
  readonly allow: WebhookAllowance;
  readonly httpsOnly: boolean;
}

const CONNECT_TIMEOUT_MS = 10_000;

const bare = (hostname: string): string => hostname.replace(/^\[(.*)\]$/, '$1');

const refusedAddress = (address: string, range: string): RefusedTarget =>
  new RefusedTarget(
    `leads to ${address} (${range}), where panier sends nothing: if that is meant, name it in PANIER_WEBHOOK_ALLOW.`,
  );

/** Throws where the host is an address that is refused, or the protocol; a name tells nothing before it is resolved. */
export const assertTarget = (hostname: string, protocol: string, { allow, httpsOnly }: TargetRules): void => {
  if (httpsOnly && protocol !== 'https:')
    throw new RefusedTarget('has to be https: in production, nothing goes out in plain text.');
  const host = bare(hostname);
  if (isIP(host) === 0 || isAllowedHost(host, allow)) return;
  const range = refusedRange(host, allow);
  if (range !== null) throw refusedAddress(host, range);
};

type Resolved = (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void;

/** As the system's own: all addresses of a name. */
export type ResolveName = (hostname: string, options: LookupAllOptions, resolved: Resolved) => void;

const asAsked = (all: boolean | undefined, found: LookupAddress[], answer: Parameters<LookupFunction>[2]): void => {
  const [first] = found;
  if (all === true) answer(null, found);
  else answer(null, first?.address ?? '', first?.family);
};

/** Names resolved as the system does, without the addresses that are refused: what is checked here is what is connected to. */
const checkedLookup =
  (allow: WebhookAllowance, resolve: ResolveName): LookupFunction =>
  (hostname, options, answer) => {
    const examine = (found: readonly LookupAddress[]): void => {
      if (isAllowedHost(hostname, allow)) return asAsked(options.all, [...found], answer);
      const allowed = found.filter(({ address }) => refusedRange(address, allow) === null);
      if (allowed.length > 0) return asAsked(options.all, allowed, answer);
      const address = found[0]?.address ?? '';
      answer(refusedAddress(address, refusedRange(address, allow) ?? ''), '');
    };
    const resolved: Resolved = (error, addresses) => {
      if (error === null) examine(addresses);
      else answer(error, '');
    };
    resolve(
      hostname,
      { ...options, all: true },
      guarded(resolved, (error) => answer(error as Error, '')),
    );
  };

/** How connections to targets are made: none to where it may not go, whatever a name resolves to by then. */
export const checkedConnector = (rules: TargetRules, resolve: ResolveName = lookup): buildConnector.connector => {
  const connect = buildConnector({
    timeout: CONNECT_TIMEOUT_MS,
    allowH2: false,
    lookup: checkedLookup(rules.allow, resolve),
    port: 0,
  });
  return (target, callback) => {
    try {
      assertTarget(target.hostname, target.protocol, rules);
    } catch (error) {
      return callback(error as Error, null);
    }
    connect(target, callback);
  };
};
