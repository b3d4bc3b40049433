import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../platform/index.ts';
import { checkedConnector, type ResolveName } from './connector.ts';

const connected: Socket[] = [];
const server = createServer((socket) => void connected.push(socket));
let port = '';
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = String((server.address() as AddressInfo).port);
});
afterAll(() => {
  for (const socket of connected) socket.destroy();
  server.close();
});

/** A name that answers with other addresses each time. */
const resolvingTo = (...answers: readonly (readonly string[])[]): ResolveName => {
  let asked = 0;
  return (_hostname, _options, resolved) => {
    const addresses = answers[asked] ?? [];
    asked += 1;
    resolved(
      null,
      addresses.map((address) => ({ address, family: 4 })),
    );
  };
};

const connecting = (resolve: ResolveName, allow = '') => {
  const connect = checkedConnector(
    { allow: readConfig({ PANIER_WEBHOOK_ALLOW: allow }).webhookAllowance, httpsOnly: false },
    resolve,
  );
  return (): Promise<string> =>
    new Promise((answer) => {
      connect({ hostname: 'rebound.example', protocol: 'http:', port }, (error, socket) => {
        answer(error === null ? `connected to ${socket.remoteAddress}` : error.message);
        socket?.destroy();
      });
    });
};

describe('a connection by name', () => {
  it('is refused where the name leads to an address that is not public', async () => {
    expect(await connecting(resolvingTo(['127.0.0.1']))()).toMatch(/^leads to 127\.0\.0\.1 \(loopback\)/);
    expect(connected).toEqual([]);
  });

  it('is refused each time, whatever the name led to when it was allowed', async () => {
    const connect = connecting(resolvingTo(['127.0.0.1'], ['127.0.0.2'], ['127.0.0.1']), '127.0.0.1');
    expect(await connect()).toBe('connected to 127.0.0.1');
    expect(await connect()).toMatch(/^leads to 127\.0\.0\.2 \(loopback\)/);
    expect(await connect()).toBe('connected to 127.0.0.1');
  });

  it('is made to the addresses that were looked at, and to none of those beside that are refused', async () => {
    const tried: string[] = [];
    const both: ResolveName = (_hostname, _options, resolved) => {
      tried.push('asked');
      resolved(
        null,
        ['10.0.0.1', '127.0.0.1', '169.254.169.254'].map((address) => ({ address, family: 4 })),
      );
    };
    expect(await connecting(both, '127.0.0.1')()).toBe('connected to 127.0.0.1');
    // The name is asked for once: an answer that was not looked at is connected to by nobody.
    expect(tried).toEqual(['asked']);
  });

  it('is refused where a name leads nowhere', async () => {
    expect(await connecting(resolvingTo([]))()).not.toContain('connected');
  });
});
