import { afterEach, describe, expect, it } from 'vitest';
import { AS_OPERATOR } from '../../../harness/support/tokens.ts';
import { openRates } from '../../access/index.ts';
import { NO_RATE_LIMITS, type RateLimits } from '../../platform/index.ts';
import { memoryModules } from '../testing/memory-modules.ts';
import { admittedAs, customer } from '../testing/run.ts';
import { served } from '../testing/served.ts';
import { type GatewayServer, startServer } from './start-server.ts';
import { askAsNobody } from './testing/raw-request.ts';

const READY = { status: 'ready' };
const READY_IN_PARTS = { status: 'ready', checks: { redis: true } };

let server: GatewayServer;
afterEach(() => server[Symbol.asyncDispose]());

const serve = async (limits: Partial<RateLimits> = {}) => {
  const modules = memoryModules();
  const rates = openRates({ limits: { ...NO_RATE_LIMITS, ...limits }, redis: null });
  const parts = served(modules, { rates, ready: async () => ({ redis: true }) });
  server = await startServer(parts, { host: '127.0.0.1', port: 0, exposure: { mode: 'production' } });
  return modules;
};

const probe = async (path: string, headers: Readonly<Record<string, string>> = {}): Promise<unknown> =>
  JSON.parse((await askAsNobody(server.url, { method: 'GET', path, headers })).body);

describe.each(['/readyz', '/health/ready'])('%s in production', (path) => {
  it('looks at no more tokens than the rates let through, and answers all the same', async () => {
    await serve({ address: 1 });
    expect(await probe(path, AS_OPERATOR)).toEqual(READY_IN_PARTS);
    expect(await probe(path, AS_OPERATOR)).toEqual(READY);
  });

  it('counts nobody who shows no token', async () => {
    await serve({ address: 1 });
    for (let nth = 0; nth < 5; nth += 1) expect(await probe(path)).toEqual(READY);
    expect(await probe(path, AS_OPERATOR)).toEqual(READY_IN_PARTS);
  });

  it('takes no ticket', async () => {
    const { access } = await serve();
    const admission = admittedAs(customer('customer-1'));
    const ticket = await access.tickets.issue(admission);
    expect(await probe(`${path}?ticket=${ticket}`, { accept: 'text/event-stream' })).toEqual(READY);
    expect(await access.tickets.redeem(ticket)).toEqual(admission);
  });
});
