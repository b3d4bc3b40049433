import { afterEach, describe, expect, it } from 'vitest';
import { openLogger } from '../platform/index.ts';
import { openMetrics } from './open-metrics.ts';
import { type Ops, startOps } from './start-ops.ts';

let opened = new AsyncDisposableStack();
afterEach(async () => {
  await opened.disposeAsync();
  opened = new AsyncDisposableStack();
});

let phase: 'starting' | 'running' | 'stopping' = 'running';
let checks: Readonly<Record<string, boolean>> = {};

const ready = async () => ({ ...checks, running: phase === 'running' });

const start = async (port = 0): Promise<Ops> => {
  const metrics = opened.use(
    openMetrics({ gateway: undefined, relayed: [], commands: [], pools: {}, stores: undefined }),
  );
  const told = { metrics, ready, serving: async () => phase === 'running', hasStarted: () => phase !== 'starting' };
  return opened.use(await startOps(told, { host: '127.0.0.1', port, hosts: [], logger: openLogger('silent') }));
};

/** What each probe is answered. */
const probe = async ({ url }: Ops): Promise<Readonly<Record<string, unknown>>> => {
  const answers = ['/livez', '/startupz', '/readyz', '/readyz/serving'].map(async (path) => {
    const response = await fetch(url + path);
    return [path, [response.status, (await response.json()) as object]] as const;
  });
  return Object.fromEntries(await Promise.all(answers));
};

describe('the port for metrics', () => {
  it('shows them in the text format of Prometheus', async () => {
    const response = await fetch(`${(await start()).url}/metrics`);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/plain; version=0.0.4; charset=utf-8',
    ]);
    expect(await response.text()).toMatch(/^process_start_time_seconds \d+$/m);
  });

  it('says what there is instead of anything else', async () => {
    const { url } = await start();
    const other = await fetch(`${url}/graphql`);
    expect([other.status, await other.text()]).toEqual([
      404,
      'There is nothing here: ask for /metrics, /livez, /readyz or /startupz.\n',
    ]);
    const posted = await fetch(`${url}/metrics`, { method: 'POST' });
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  it.each([
    ['starting', 503, 'starting'],
    ['running', 200, 'started'],
    ['stopping', 200, 'started'],
  ] as const)('tells probes of a process that is %s how it is', async (now, startup, status) => {
    [phase, checks] = [now, { redis: true }];
    const running = now === 'running';
    expect(await probe(await start())).toEqual({
      '/livez': [200, { status: 'live' }],
      '/startupz': [startup, { status }],
      '/readyz/serving': [running ? 200 : 503, { status: running ? 'serving' : 'not serving' }],
      '/readyz': [running ? 200 : 503, { status: running ? 'ready' : 'not ready', checks: { redis: true, running } }],
    });
  });

  it('answers on after its goodbye, and each answer ends its connection', async () => {
    [phase, checks] = ['running', {}];
    const ops = await start();
    ops.sayGoodbye();
    const response = await fetch(`${ops.url}/readyz`);
    expect([response.status, response.headers.get('connection')]).toEqual([200, 'close']);
  });

  it('says what to do when it is taken', async () => {
    const { port } = new URL((await start()).url);
    await expect(start(Number(port))).rejects.toThrow(
      `PANIER_OPS_PORT=${port} is taken: stop the other program or set PANIER_OPS_PORT, or set it to off where nobody reads metrics`,
    );
  });
});
