import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { Balancer } from './balancer.ts';

const opened: AsyncDisposable[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).toReversed()) await each[Symbol.asyncDispose]();
});

interface Gateway {
  readonly url: string;
  readonly server: Server;
  /** What its probes are answered, by their path. */
  statuses: Readonly<Record<string, number>>;
}

const SERVING = { '/readyz/serving': 200, '/readyz': 503 };
const NOT_SERVING = { '/readyz/serving': 503, '/readyz': 503 };
const OLDER = { '/readyz/serving': 404, '/readyz': 200 };

/** Says its name, and whether it serves. */
const openGateway = async (name: string, statuses: Gateway['statuses'] = SERVING): Promise<Gateway> => {
  const server = createServer((request, response) => {
    response.writeHead(gateway.statuses[request.url ?? ''] ?? 200, { connection: 'close' }).end(name);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push({ [Symbol.asyncDispose]: async () => void server.close() });
  const gateway: Gateway = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    server,
    statuses,
  };
  return gateway;
};

const openBalancer = async (): Promise<Balancer> => {
  const balancer = await Balancer.open();
  opened.push(balancer);
  return balancer;
};

const answers = async ({ url }: Balancer, count: number): Promise<readonly string[]> => {
  const names: string[] = [];
  for (let left = count; left > 0; left -= 1) names.push(await (await fetch(url)).text());
  return names;
};

describe('a balancer', () => {
  it('gives each gateway that serves its turn, ready or not', async () => {
    const balancer = await openBalancer();
    for (const name of ['one', 'two']) await balancer.add((await openGateway(name)).url);
    const names = await answers(balancer, 4);
    expect(names.filter((name) => name === 'one')).toHaveLength(2);
    expect(names.filter((name) => name === 'two')).toHaveLength(2);
  });

  it('asks one of an older version whether it is ready', async () => {
    const balancer = await openBalancer();
    await balancer.add((await openGateway('one', OLDER)).url);
    expect(await answers(balancer, 2)).toEqual(['one', 'one']);
  });

  it('gives nothing to one that does not serve, until it does', async () => {
    const balancer = await openBalancer();
    await balancer.add((await openGateway('one')).url);
    const two = await openGateway('two', NOT_SERVING);
    const added = balancer.add(two.url);
    expect(new Set(await answers(balancer, 4))).toEqual(new Set(['one']));
    two.statuses = SERVING;
    await added;
    expect(new Set(await answers(balancer, 4))).toEqual(new Set(['one', 'two']));
  });

  it('tries the next one when a connection is refused', async () => {
    const balancer = await openBalancer();
    const one = await openGateway('one');
    for (const { url } of [one, await openGateway('two')]) await balancer.add(url);
    one.server.close();
    expect(new Set(await answers(balancer, 4))).toEqual(new Set(['two']));
  });

  it('breaks a connection off where nobody serves', async () => {
    const balancer = await openBalancer();
    await expect(fetch(balancer.url)).rejects.toThrow('fetch failed');
  });
});
