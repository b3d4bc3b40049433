import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ROLES, type Role } from '../../src/platform/index.ts';
import { startPanier, type TestInstance, type TestPanier } from './panier.ts';

const OPS = { host: '127.0.0.1', port: 0 } as const;
const WORKING: readonly Role[] = ROLES.filter((role) => role !== 'gateway' && role !== 'inventory-api');
const WORKS = { postgresql: true, redis: true, running: true };

let panier: TestPanier;
beforeAll(async () => {
  panier = await startPanier({ roles: ['gateway'], ops: OPS });
});
afterAll(() => panier[Symbol.asyncDispose]());

let opened = new AsyncDisposableStack();
afterEach(async () => {
  await opened.disposeAsync();
  opened = new AsyncDisposableStack();
});

const open = async (roles: readonly Role[]): Promise<TestInstance> =>
  opened.use(await panier.another({ roles: [...roles], ops: OPS }));

const readiness = async ({ panier: { opsUrl } }: TestInstance) => {
  const response = await fetch(`${opsUrl}/readyz`);
  return { status: response.status, checks: ((await response.json()) as { checks: object }).checks };
};

const servingAt = async (url: string | null): Promise<number> => (await fetch(`${url}/readyz/serving`)).status;

describe('the port for operators', () => {
  it('says of a gateway what the gateway says, and that it runs', async () => {
    const checks = { postgresql: true, commands: true, stock: true, redis: true, relay: true };
    expect(await readiness(panier)).toEqual({ status: 200, checks: { ...checks, running: true } });
  });

  it.each(WORKING)('says of a process that only plays %s that it works, as whom it comes', async (role) => {
    const checks = role === 'audit' ? { ...WORKS, readModels: true } : WORKS;
    const worker = await open([role]);
    expect(await readiness(worker)).toEqual({ status: 200, checks });
    expect(await servingAt(worker.panier.opsUrl)).toBe(200);
  });

  it('says that it does not work once Redis belongs to another database', async () => {
    const worker = await open(['saga']);
    const own = await panier.redis.get('panier:database');
    await panier.redis.set('panier:database', randomUUID());
    const redisIsAnothers = { status: 503, checks: { ...WORKS, redis: false } };
    await expect.poll(() => readiness(worker), { timeout: 5_000 }).toEqual(redisIsAnothers);
    expect(await servingAt(worker.panier.opsUrl)).toBe(503);
    await expect.poll(() => readiness(panier)).toMatchObject({ status: 503, checks: { redis: false } });
    expect([await servingAt(panier.url), await servingAt(panier.panier.opsUrl)]).toEqual([200, 200]);
    await panier.redis.set('panier:database', String(own));
    await expect.poll(() => readiness(worker), { timeout: 10_000 }).toEqual({ status: 200, checks: WORKS });
  });

  it('is not ready before a gateway that stops takes no more connections, and answers until the last', async () => {
    const gateway = await open(['gateway']);
    const stopped = gateway[Symbol.asyncDispose]();
    const [ready, serving, live, served] = await Promise.all([
      readiness(gateway),
      servingAt(gateway.panier.opsUrl),
      fetch(`${gateway.panier.opsUrl}/livez`),
      fetch(`${gateway.url}/livez`),
    ]);
    expect(ready).toMatchObject({ status: 503, checks: { running: false } });
    expect([serving, live.status, served.status]).toEqual([503, 200, 200]);
    await expect.poll(() => servingAt(gateway.url), { interval: 10 }).toBe(503);
    await stopped;
    await expect(fetch(`${gateway.panier.opsUrl}/livez`)).rejects.toThrow('fetch failed');
  });
});
