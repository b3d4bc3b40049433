import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { sleep } from '../../src/platform/index.ts';
import { startPanier, type TestPanier } from './panier.ts';
import { fillCart, shelve } from './shop.ts';

let panier: TestPanier;
beforeAll(async () => {
  panier = await startPanier({ roles: ['gateway'] });
});
afterAll(() => panier[Symbol.asyncDispose]());

const readiness = async () => {
  const response = await fetch(new URL('/health/ready', panier.url));
  return { status: response.status, checks: ((await response.json()) as { checks: object }).checks };
};

const UP = { postgresql: true, commands: true, stock: true, redis: true };

const age = (seconds: number) =>
  sql`update write.outbox set queued_at = now() - ${seconds} * interval '1 second'`.execute(panier.db);

describe('a panier whose events are not published', () => {
  it('is not ready when one has waited for more than ten seconds, and is again once a relay runs', async () => {
    const client = panier.client();
    const productId = await shelve(client, 5);
    await fillCart(client, [{ productId, quantity: 1 }]);
    expect(await readiness()).toEqual({ status: 200, checks: { ...UP, relay: true } });
    // What was seen half a second ago is told once more.
    await sleep(500);
    await age(8);
    expect((await readiness()).status).toBe(200);
    await age(11);
    await expect.poll(readiness).toEqual({ status: 503, checks: { ...UP, relay: false } });
    await panier.another({ roles: ['relay'] });
    await eventually(async () => expect((await readiness()).status).toBe(200));
  });
});
