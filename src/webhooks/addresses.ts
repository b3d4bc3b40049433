import ipaddr from 'ipaddr.js';
import type { WebhookAllowance } from '../platform/index.ts';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** What machines of one's own have; not where a cloud keeps its credentials (169.254.169.254), which only a range allows. */
const PRIVATE = ['private', 'loopback', 'uniqueLocal', 'carrierGradeNat'];

const GLOBAL_UNICAST: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('2000::'), 3];

/** What IANA gives no other name is not thereby everybody's: of IPv6, only 2000::/3 is handed out. */
const rangeOf = (address: Address): string => {
  if (address instanceof ipaddr.IPv6 && address.range() === 'unicast' && !address.match(GLOBAL_UNICAST))
    return 'reserved';
  return address.range();
};

const isIn = (address: Address, [network, bits]: readonly [Address, number]): boolean =>
  network.kind() === address.kind() && address.match(network, bits);

/**
 * Why panier does not call the address, in a word, such as `loopback`; null when it may. An IPv4 address in the clothes of
 * IPv6 counts as what it is.
 */
export const refusedRange = (text: string, { ranges, isPrivate }: WebhookAllowance): string | null => {
  if (!ipaddr.isValid(text)) return 'unknown';
  const address = ipaddr.process(text);
  if (ranges.some((each) => isIn(address, ipaddr.parseCIDR(each)))) return null;
  const range = rangeOf(address);
  return range === 'unicast' || (isPrivate && PRIVATE.includes(range)) ? null : range;
};

/** Whether the name itself is allowed, wherever it leads. */
export const isAllowedHost = (host: string, { hosts }: WebhookAllowance): boolean => hosts.includes(host.toLowerCase());
