import type { IncomingMessage } from 'node:http';
import { IncomingMessage as Message } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { openProxies } from './proxies.ts';

const request = (peer: string, headers: Readonly<Record<string, string>> = {}): IncomingMessage => {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: peer });
  return Object.assign(new Message(socket), { headers });
};

const forwarded = (peer: string, chain: string) => request(peer, { 'x-forwarded-for': chain });

describe('the address of a client', () => {
  const { addressOf } = openProxies(['10.0.0.0/8', '192.0.2.7', 'fd00::/8']);

  it.each([
    ['is the peer of the connection', request('203.0.113.9'), '203.0.113.9'],
    ['is not what a stranger says it is', forwarded('203.0.113.9', '198.51.100.1'), '203.0.113.9'],
    ['is what a proxy says', forwarded('10.1.2.3', '198.51.100.1'), '198.51.100.1'],
    ['is what a proxy says by IPv6', forwarded('fd00::1', '2001:db8::5'), '2001:db8::5'],
    ['is what the first of several proxies heard', forwarded('10.1.2.3', '198.51.100.1, 192.0.2.7'), '198.51.100.1'],
    ['is not what the client itself wrote before it', forwarded('10.1.2.3', '127.0.0.1, 198.51.100.1'), '198.51.100.1'],
    ['is that of IPv4 on a socket of IPv6', forwarded('::ffff:10.1.2.3', '::ffff:198.51.100.1'), '198.51.100.1'],
    ['is the proxy where it names nobody', request('10.1.2.3'), '10.1.2.3'],
    ['is the proxy where it names nonsense', forwarded('10.1.2.3', 'unknown'), '10.1.2.3'],
    ['is the proxy where there are proxies only', forwarded('10.1.2.3', '10.0.0.1'), '10.1.2.3'],
  ])('%s', (_rule, asked, address) => {
    expect(addressOf(asked)).toBe(address);
  });

  it('is the peer while nobody is trusted', () => {
    expect(openProxies([]).addressOf(forwarded('127.0.0.1', '198.51.100.1'))).toBe('127.0.0.1');
  });
});

describe('a proxy', () => {
  const { isSecure, forwardedHost } = openProxies(['10.0.0.1']);
  const said = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'shop.example' };

  it('is believed how the client came, and by which name', () => {
    expect([isSecure(request('10.0.0.1', said)), forwardedHost(request('10.0.0.1', said))]).toEqual([
      true,
      'shop.example',
    ]);
  });

  it('is the only one who is', () => {
    expect([isSecure(request('10.0.0.2', said)), forwardedHost(request('10.0.0.2', said))]).toEqual([false, null]);
  });
});
