import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { Turns } from './turns.ts';

const opened: { readonly server: Server; readonly client: Socket }[] = [];
afterEach(() => {
  for (const { server, client } of opened.splice(0)) {
    client.destroy();
    server.close();
  }
});

/** A server that answers by hand, the requests that it began to serve, and one client's bytes to it. */
const serve = async (bytes: string) => {
  const turns = new Turns();
  const [served, arrived]: readonly [string[], string[]] = [[], []];
  const responses: ServerResponse[] = [];
  const server = createServer((request, response) => {
    arrived.push(request.url ?? '');
    responses.push(response);
    turns.enter(request, response);
    void turns.take(request, async () => void served.push(request.url ?? ''));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  opened.push({ server, client });
  const connection = once(server, 'connection') as Promise<[Socket]>;
  client.write(bytes);
  const [socket] = await connection;
  await expect.poll(() => arrived).toEqual(['/1', '/2']);
  return { served, responses, client, closed: once(socket, 'close') };
};

const put = (path: string): string => `PUT ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-length: 0\r\n\r\n`;

describe('a pipelined request', () => {
  it('is served when the one before is answered, and not before', async () => {
    const { served, responses } = await serve(put('/1') + put('/2'));
    expect(served).toEqual(['/1']);
    responses[0]?.end();
    await expect.poll(() => served).toEqual(['/1', '/2']);
  });

  it('is never served when its connection has ended before its turn', async () => {
    const { served, responses, client, closed } = await serve(put('/1') + put('/2'));
    client.destroy();
    await closed;
    responses[0]?.end();
    await nextTurn();
    expect(served).toEqual(['/1']);
  });

  it('is never served after an answer that is the last of its connection', async () => {
    const { served, responses, client, closed } = await serve(put('/1') + put('/2'));
    responses[0]?.setHeader('connection', 'close').end();
    client.resume();
    await closed;
    await nextTurn();
    expect(served).toEqual(['/1']);
  });
});
