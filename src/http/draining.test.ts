import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { Draining } from './draining.ts';

const GET = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n';
const CONNECT = 'CONNECT localhost:1 HTTP/1.1\r\nHost: localhost\r\n\r\n';

it.each(['', CONNECT])(
  'keeps no answer of a connection that has ended, also of requests that waited behind another one, before "%s"',
  async (last) => {
    const draining = new Draining();
    const held: ServerResponse[] = [];
    const server = createServer((_request, response) => {
      draining.admit(response);
      held.push(response);
    });
    server.on('connect', (_request, socket) => void socket.on('error', () => {}));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
    client.write(`${GET.repeat(3)}${last}`);
    await eventually(() => expect(held).toHaveLength(3));
    expect(draining.size).toBe(3);
    draining.begin();
    expect(held.map(({ shouldKeepAlive }) => shouldKeepAlive)).toEqual([false, false, false]);
    client.resetAndDestroy();
    await eventually(() => expect(draining.size).toBe(0));
    server.close();
  },
);
