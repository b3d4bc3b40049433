import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { rebuild } from '../../src/audit/index.ts';
import type { ReadSchema } from '../../src/projection/index.ts';
import { readProjections } from '../../src/read/index.ts';
import { startPanier, type TestInstance, type TestPanier } from './panier.ts';
import { shelve } from './shop.ts';

let panier: TestPanier;
beforeAll(async () => {
  panier = await startPanier({ roles: ['gateway', 'relay', 'saga', 'payment'] });
});
afterAll(() => panier[Symbol.asyncDispose]());

/** As a later version of panier has them. */
const laterProjections = (schema?: ReadSchema) =>
  readProjections(schema).map((each) => ({ ...each, version: each.version + 1 }));

const readModelsAreReady = async ({ panier: { opsUrl } }: TestInstance) => {
  const response = await fetch(`${opsUrl}/readyz`);
  const { checks } = (await response.json()) as { readonly checks: { readonly readModels: boolean } };
  return { status: response.status, readModels: checks.readModels };
};

it('an audit beside read models of a later version says so, and goes on once they are its own', async () => {
  const client = panier.client();
  const { db } = panier;
  const lines: string[] = [];
  const ops = { host: '127.0.0.1', port: 0 };
  const running = await panier.another({ roles: ['audit'], ops });
  await shelve(client, 5);
  expect(await readModelsAreReady(running)).toEqual({ status: 200, readModels: true });
  await rebuild({ db, projections: laterProjections, dryRun: false, onProgress: () => {} });
  const older = await panier.another({
    roles: ['audit'],
    ops,
    logLevel: 'warn',
    onLine: (line) => void lines.push(line),
  });
  expect(await readModelsAreReady(older)).toEqual({ status: 503, readModels: false });
  expect(lines.filter((line) => line.includes('left to a later version'))).toHaveLength(1);
  await eventually(
    async () => expect(await readModelsAreReady(running)).toEqual({ status: 503, readModels: false }),
    15_000,
  );
  // The way back: a replay with the older version.
  await rebuild({ db, projections: readProjections, dryRun: false, onProgress: () => {} });
  await eventually(
    async () => expect(await readModelsAreReady(older)).toEqual({ status: 200, readModels: true }),
    15_000,
  );
  for (const audit of [older, running])
    await eventually(async () => expect((await readModelsAreReady(audit)).status).toBe(200), 15_000);
  await shelve(client, 7);
  for (const audit of [older, running]) await audit[Symbol.asyncDispose]();
});
