import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSink } from '../../harness/webhooks/sink.ts';
import { readConfig } from '../platform/index.ts';
import type { Outcome } from './outcome.ts';
import { openPoster } from './post.ts';

const LIMITS = { answerMs: 1_000, totalMs: 2_000 };
const MESSAGE = { headers: { 'content-type': 'application/json' }, body: '{}' };

/** What came of one message. */
const postTo = async (url: string, allow = '127.0.0.0/8', httpsOnly = false): Promise<Outcome> => {
  const { webhookAllowance } = readConfig({ PANIER_WEBHOOK_ALLOW: allow });
  const rules = { allow: webhookAllowance, httpsOnly };
  await using poster = openPoster({ url, rules, connections: 1, limits: LIMITS });
  return await poster.post(MESSAGE);
};

const failureOf = (outcome: Outcome) => ('failure' in outcome ? outcome.failure : null);
const reasonOf = (outcome: Outcome): string => failureOf(outcome)?.reason ?? outcome.type;

const sockets = new Set<Socket>();
const servers: Server[] = [];

/** A receiver that speaks as it likes. */
const rawReceiver = async (speak: (socket: Socket) => void): Promise<string> => {
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => speak(socket));
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
};

let closedPort: string;
beforeAll(async () => {
  closedPort = await rawReceiver(() => undefined);
  servers.pop()?.close();
});
afterAll(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers) server.close();
});

describe('what an endpoint answers', () => {
  it.each([200, 201, 202, 204, 299])('counts as received: %i', async (status) => {
    await using sink = await openSink((response) => void response.writeHead(status).end());
    expect(await postTo(sink.url)).toEqual({ type: 'Delivered' });
  });

  it.each([301, 302, 307, 308])('sends nobody elsewhere: %i', async (status) => {
    await using elsewhere = await openSink();
    await using sink = await openSink((response) => void response.writeHead(status, { location: elsewhere.url }).end());
    const outcome = await postTo(sink.url);
    expect(failureOf(outcome)?.status).toBe(status);
    expect(reasonOf(outcome)).toContain('redirects are not followed');
    expect(elsewhere.received).toEqual([]);
  });

  it.each([400, 401, 404, 429, 500, 503, 599])('fails, to be tried again: %i', async (status) => {
    await using sink = await openSink((response) => void response.writeHead(status, { 'retry-after': '7' }).end());
    expect(await postTo(sink.url)).toMatchObject({ type: 'Failed', failure: { status }, retryAfterMs: 7_000 });
  });

  it('wants nothing more with 410', async () => {
    await using sink = await openSink((response) => void response.writeHead(410).end());
    expect(await postTo(sink.url)).toMatchObject({ type: 'Gone', failure: { status: 410 } });
  });

  it('may say much, and is cut off: its status counts', async () => {
    let ended: Promise<unknown> | undefined;
    await using sink = await openSink((response) => {
      ended = once(response, 'close');
      response.writeHead(200);
      const more = (): void => void (response.destroyed || response.write('x'.repeat(65_536), more));
      more();
    });
    expect(await postTo(sink.url)).toEqual({ type: 'Delivered' });
    await ended;
  });

  it('may drip for as long as it likes: after the whole time it is cut off, and its status counts', async () => {
    await using sink = await openSink((response) => {
      response.writeHead(500);
      const dripping = setInterval(() => void response.write('x'), 100);
      response.once('close', () => clearInterval(dripping));
    });
    const begunMs = performance.now();
    expect(await postTo(sink.url)).toMatchObject({ type: 'Failed', failure: { status: 500 } });
    expect(performance.now() - begunMs).toBeLessThan(4_000);
  });
});

describe('an endpoint that does not answer', () => {
  it('is told from others in words: nobody listens', async () => {
    expect(reasonOf(await postTo(closedPort))).toBe('refuses connections. (ECONNREFUSED)');
  });

  it('… its name does not resolve', async () => {
    expect(reasonOf(await postTo('http://nobody.invalid/'))).toMatch(/^has a host name that (does not|cannot)/);
  });

  it('… it hangs', async () => {
    const url = await rawReceiver(() => undefined);
    const begunMs = performance.now();
    expect(reasonOf(await postTo(url))).toBe('did not answer in time. (UND_ERR_HEADERS_TIMEOUT)');
    expect(performance.now() - begunMs).toBeLessThan(4_000);
  });

  it('… it hangs up', async () => {
    const url = await rawReceiver((socket) => socket.destroy());
    expect(reasonOf(await postTo(url))).toMatch(/^closed the connection without an answer\./);
  });

  it('… it speaks no HTTP', async () => {
    const url = await rawReceiver((socket) => socket.end('220 mail.example ESMTP\r\n'));
    expect(reasonOf(await postTo(url))).toMatch(/^could not be sent to: /);
  });

  it('… it has a head without an end', async () => {
    const url = await rawReceiver((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      const more = (): void => void (socket.destroyed || socket.write(`x-more: ${'x'.repeat(4_096)}\r\n`, more));
      more();
    });
    expect(await postTo(url)).toMatchObject({ type: 'Failed', failure: { status: null } });
  });

  it('… it speaks plain text where TLS is due', async () => {
    const url = await rawReceiver((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'));
    expect(reasonOf(await postTo(url.replace('http:', 'https:')))).toMatch(/^could not be sent to: .*(SSL|TLS|packet)/);
  });
});

describe('a target', () => {
  it.each(['http://127.0.0.1', 'http://localhost', 'http://[::1]', 'http://0.0.0.0', 'http://[::ffff:127.0.0.1]'])(
    'that is not public gets no connection: %s',
    async (origin) => {
      await using sink = await openSink();
      const outcome = await postTo(`${origin}:${new URL(sink.url).port}/`, '');
      expect(reasonOf(outcome)).toMatch(
        /^leads to \S+ \(\w+\), where panier sends nothing: .* PANIER_WEBHOOK_ALLOW\.$/,
      );
      expect(sink.received).toEqual([]);
    },
  );

  it('may be named, wherever its name leads', async () => {
    await using sink = await openSink();
    const url = sink.url.replace('127.0.0.1', 'localhost');
    expect(await postTo(url, 'localhost')).toEqual({ type: 'Delivered' });
    expect(reasonOf(await postTo(url, 'other.example'))).toContain('leads to');
  });

  it('has to be https in production', async () => {
    await using sink = await openSink();
    expect(reasonOf(await postTo(sink.url, '127.0.0.0/8', true))).toContain('has to be https');
    expect(sink.received).toEqual([]);
  });
});
