import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { getIntrospectionQuery } from 'graphql';
import { describe, expect, it } from 'vitest';
import { OPERATOR_TOKEN, signedInAs } from '../../harness/support/tokens.ts';
import { DEFAULT_LIMITS, DEFAULT_RATE_LIMITS, NO_RATE_LIMITS } from '../../src/platform/index.ts';
import { startPanier } from './panier.ts';

const run = promisify(execFile);

const halved = <Name extends string>(limits: Readonly<Record<Name, number>>): Readonly<Record<Name, number>> =>
  Object.fromEntries(Object.entries<number>(limits).map(([name, limit]) => [name, Math.floor(limit / 2)])) as Readonly<
    Record<Name, number>
  >;

const CUSTOMER = await signedInAs('customer-1');

const post = (url: string, query: string) =>
  fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...CUSTOMER },
    body: JSON.stringify({ query }),
  });

/** What asks for the whole schema grows with it. */
const TWO_THIRDS_OF_COST = Math.floor((DEFAULT_LIMITS.cost * 2) / 3);

describe('half of every default, and two thirds of the cost', () => {
  it('is enough for the demo and for GraphiQL', async () => {
    const { operationMs } = DEFAULT_LIMITS;
    await using panier = await startPanier({
      limits: { ...halved(DEFAULT_LIMITS), cost: TWO_THIRDS_OF_COST, operationMs },
      rateLimits: halved(DEFAULT_RATE_LIMITS),
    });
    const env = { ...process.env, PANIER_TOKEN: OPERATOR_TOKEN };
    const { stdout } = await run(process.execPath, ['src/cli/demo.ts', '--url', panier.url], { env });
    expect(stdout).toContain('3 of 3 sagas ended as they should.');
    const introspection = getIntrospectionQuery({ specifiedByUrl: true, inputValueDeprecation: true });
    for (const answer of [await post(panier.url, introspection), await post(panier.url, introspection)])
      expect(await answer.json()).toMatchObject({ data: { __schema: {} } });
  });
});

describe('the rates of two gateways', () => {
  it('are one: who has spent a minute at one is refused by the other, which told Redis so', async () => {
    const rateLimits = { ...NO_RATE_LIMITS, customer: 20 };
    await using panier = await startPanier({ rateLimits, roles: ['gateway'] });
    const other = await panier.another();
    const statuses: number[] = [];
    for (let nth = 0; nth < 21; nth += 1) statuses.push((await post(panier.url, '{ __typename }')).status);
    expect(statuses).toEqual([...Array.from({ length: 20 }, () => 200), 429]);
    await post(other.url, '{ __typename }');
    const refused = () => post(other.url, '{ __typename }');
    await expect.poll(async () => (await refused()).status).toBe(429);
    const { headers } = await refused();
    expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect(await panier.redis.keys('*panier:rate:customer:*')).toHaveLength(1);
  });
});
