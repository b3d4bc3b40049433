import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** What the proxies in front say of a request. Whoever is not one of them is believed nothing. */
export interface Proxies {
  /** The client's address: the last one in X-Forwarded-For that is no proxy's, or else whoever is connected. */
  readonly addressOf: (request: IncomingMessage) => string;
  /** Whether the client came by TLS, here or at a proxy. */
  readonly isSecure: (request: IncomingMessage) => boolean;
  /** Whether a request came to this server by TLS, or by one of the proxies: nobody else has seen it on its way. */
  readonly isShielded: (request: IncomingMessage) => boolean;
  /** The host, with its port, that the client called, when a proxy calls this server by another; else null. */
  readonly forwardedHost: (request: IncomingMessage) => string | null;
}

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 4 ? 'ipv4' : 'ipv6');

const listOf = (networks: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    if (prefix === undefined) list.addAddress(address, familyOf(address));
    else list.addSubnet(address, Number(prefix), familyOf(address));
  }
  return list;
};

/** An address of IPv4 as such, also when it came by a socket of IPv6. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');

const peerOf = ({ socket }: IncomingMessage): string => plain(socket.remoteAddress ?? '');

const header = ({ headers }: IncomingMessage, name: string): string => headers[name]?.toString() ?? '';

/** Each proxy adds whom it heard at the end, so the last are said by those next to us, and the first by anybody. */
const forwardedFor = (request: IncomingMessage): readonly string[] =>
  header(request, 'x-forwarded-for')
    .split(',')
    .map((each) => plain(each.trim()));

/** The proxies at these addresses and networks; none by default. */
export const openProxies = (networks: readonly string[]): Proxies => {
  const list = listOf(networks);
  const isProxy = (address: string): boolean => isIP(address) !== 0 && list.check(address, familyOf(address));
  const isForwarded = (request: IncomingMessage): boolean => networks.length > 0 && isProxy(peerOf(request));
  return {
    addressOf: (request) => {
      const peer = peerOf(request);
      if (!isForwarded(request)) return peer;
      const client = forwardedFor(request).findLast((address) => !isProxy(address)) ?? peer;
      // Names and nonsense are no addresses: whoever writes them counts as their proxy.
      return isIP(client) === 0 ? peer : client;
    },
    isSecure: (request) =>
      'encrypted' in request.socket || (isForwarded(request) && /^https$/i.test(header(request, 'x-forwarded-proto'))),
    isShielded: (request) => 'encrypted' in request.socket || isForwarded(request),
    forwardedHost: (request) => (isForwarded(request) ? header(request, 'x-forwarded-host') || null : null),
  };
};
