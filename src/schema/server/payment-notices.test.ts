import { afterEach, describe, expect, it } from 'vitest';
import { openRates } from '../../access/index.ts';
import { NO_RATE_LIMITS, SIGNALS, Unavailable } from '../../platform/index.ts';
import type { Notices, Write } from '../../write/index.ts';
import { memoryModules } from '../testing/memory-modules.ts';
import { served } from '../testing/served.ts';
import { type GatewayServer, startServer } from './start-server.ts';
import { askAsNobody, type RawRequest } from './testing/raw-request.ts';

let server: GatewayServer;
afterEach(() => server[Symbol.asyncDispose]());

type Receive = Notices['receive'];

const takes: Receive = async () => 'Taken';

const look: Notices['look'] = async () => ({ type: 'Nothing' });

const serve = async (receive: Receive | null, address = 0, trustedProxies: readonly string[] = []): Promise<void> => {
  const write: Partial<Write> = { paymentNotices: receive && { name: 'acme', receive, look } };
  const rates = openRates({ limits: { ...NO_RATE_LIMITS, address }, redis: null });
  const exposure = { mode: 'production', trustedProxies } as const;
  const parts = served(memoryModules({ write }), { rates });
  server = await startServer(parts, { host: '127.0.0.1', port: 0, exposure });
};

const send = (asked: RawRequest = {}) => askAsNobody(server.url, { path: '/webhooks/acme', body: '{}', ...asked });
const statusOf = async (asked?: RawRequest) => (await send(asked)).status;

describe('what a payment provider sends', () => {
  it('reaches its adapter to the last byte, without a token', async () => {
    const sent: unknown[] = [];
    await serve(async ({ body, header }) => {
      sent.push([body.toString(), header('acme-signature'), header('acme-nothing')]);
      return 'Taken';
    });
    const body = '{ "id":\n"evt_1",  "é": 1.0 }\n';
    const headers = { 'acme-signature': 't=1', 'content-type': 'application/json; charset=utf-8' };
    const { status, body: answer } = await send({ body, headers });
    expect([status, answer]).toEqual([200, '{"received":true}']);
    expect(sent).toEqual([[body, 't=1', undefined]]);
  });

  it('is answered with 200 only when it was written down', async () => {
    await serve(async () => {
      throw new Unavailable('The database is away.');
    });
    const { status, headers } = await send();
    expect([status, headers['retry-after']]).toEqual([503, '1']);
  });

  it('meets a defect, and is sent again', async () => {
    await serve(async () => {
      throw new TypeError('pm_1NXWPn is not a function');
    });
    const { status, body } = await send();
    expect([status, body.includes('pm_')]).toEqual([500, false]);
  });

  it.each(['NotSigned', 'Unreadable'] as const)('is refused with a sentence when it is %s', async (receipt) => {
    await serve(async () => receipt);
    const { status, body } = await send();
    expect(status).toBe(400);
    expect(JSON.parse(body)).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  });

  it('is told to whoever counts, by what came of it', async () => {
    const told: string[] = [];
    using _hearing = SIGNALS.noticeReceived.hear(({ outcome }) => void told.push(outcome));
    const receipts = ['Taken', 'NotSigned', 'Unreadable'] as const;
    let nth = 0;
    await serve(async () => {
      const receipt = receipts[nth];
      nth += 1;
      if (receipt === undefined) throw new Unavailable('The database is away.');
      return receipt;
    });
    for (let times = 0; times < 4; times += 1) await send();
    expect(told).toEqual(['taken', 'not_signed', 'unreadable', 'not_written']);
  });

  it('counts on nobody unless it is refused', async () => {
    let receipt: 'Taken' | 'NotSigned' = 'Taken';
    await serve(async () => receipt, 2);
    const answers = async () => [await statusOf(), await statusOf(), await statusOf(), await statusOf()];
    expect(await answers()).toEqual([200, 200, 200, 200]);
    receipt = 'NotSigned';
    expect(await answers()).toEqual([400, 400, 429, 429]);
    receipt = 'Taken';
    expect(await statusOf()).toBe(200);
  });

  it('is refused a few times only where it comes to no provider', async () => {
    await serve(takes, 2);
    expect(await statusOf({ path: '/webhooks/other' })).toBe(404);
    expect(await statusOf({ method: 'GET' })).toBe(405);
    expect(await statusOf({ path: '/webhooks/other' })).toBe(429);
    expect(await statusOf({ method: 'GET' })).toBe(429);
    expect(await statusOf()).toBe(200);
  });

  it('is refused a few times only where there is no provider', async () => {
    await serve(null, 1);
    expect(await statusOf()).toBe(404);
    expect(await statusOf()).toBe(429);
  });

  it.each([
    ['another name', { path: '/webhooks/other' }, 404],
    ['no name', { path: '/webhooks/' }, 404],
    ['a longer path', { path: '/webhooks/acme/x' }, 404],
    ['GET', { method: 'GET' }, 405],
    ['too much', { body: 'x'.repeat(262_145) }, 413],
    ['what is no UTF-8', { body: Buffer.from([0xff, 0xfe]) }, 400],
    ['what is compressed', { headers: { 'content-encoding': 'gzip' } }, 415],
    ['another host', { headers: { host: 'evil.example' } }, 421],
  ] as const)('is refused before anybody looks at it: by %s', async (_what, asked, status) => {
    await serve(takes);
    expect(await statusOf(asked)).toBe(status);
  });

  it('may be longer than an operation', async () => {
    await serve(takes);
    expect(await statusOf({ body: 'x'.repeat(262_144) })).toBe(200);
    expect(await statusOf({ path: '/graphql', body: 'x'.repeat(200_000) })).toBe(413);
    const body = `{"query":"{ __typename }"${' '.repeat(200_000)}}`;
    expect(await statusOf({ path: '/webhooks/../graphql', body })).toBe(413);
  });

  it('comes by the proxies where they are to see all', async () => {
    await serve(takes, 0, ['10.0.0.7']);
    expect(await statusOf()).toBe(403);
  });

  it('is refused while too much is under way, and taken after', async () => {
    const letGo = Promise.withResolvers<void>();
    let waiting = 0;
    await serve(async () => {
      waiting += 1;
      await letGo.promise;
      return 'Taken';
    });
    const first = Array.from({ length: 100 }, () => statusOf());
    await expect.poll(() => waiting).toBe(100);
    expect(await statusOf()).toBe(503);
    letGo.resolve();
    expect(new Set(await Promise.all(first))).toEqual(new Set([200]));
    expect(await statusOf()).toBe(200);
  });

  it('reaches nobody where no provider calls back', async () => {
    await serve(null);
    expect(await statusOf()).toBe(404);
    expect(await statusOf({ path: '/webhooks/simulated' })).toBe(404);
  });
});
