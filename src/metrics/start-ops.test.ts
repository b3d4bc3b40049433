import { afterEach, describe, expect, it } from 'vitest';
import { openLogger } from '../platform/index.ts';
import { openMetrics } from './open-metrics.ts';
import { type Ops, startOps } from './start-ops.ts';

let opened = new AsyncDisposableStack();
afterEach(async () => {
  await opened.disposeAsync();
  opened = new AsyncDisposableStack();
});

const start = async (port = 0): Promise<Ops> => {
  const metrics = opened.use(openMetrics({ gateway: undefined, pools: {}, stores: undefined }));
  return opened.use(await startOps(metrics, { host: '127.0.0.1', port, hosts: [], logger: openLogger('silent') }));
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
    expect([other.status, await other.text()]).toEqual([404, 'There is nothing here: ask for /metrics.\n']);
    const posted = await fetch(`${url}/metrics`, { method: 'POST' });
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  it('says what to do when it is taken', async () => {
    const { port } = new URL((await start()).url);
    await expect(start(Number(port))).rejects.toThrow(
      `PANIER_OPS_PORT=${port} is taken: stop the other program or set PANIER_OPS_PORT, or set it to off where nobody reads metrics`,
    );
  });
});
