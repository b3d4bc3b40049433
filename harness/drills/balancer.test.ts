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
  isReady: boolean;
}

/** Says its name, and whether it is ready. */
const openGateway = async (name: string, isReady = true): Promise<Gateway> => {
  const server = createServer((request, response) => {
    const isProbe = request.url === '/readyz';
    response.writeHead(isProbe && !gateway.isReady ? 503 : 200, { connection: 'close' }).end(name);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push({ [Symbol.asyncDispose]: async () => void server.close() });
  const gateway = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, server, isReady };
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
  it('gives each gateway that is ready its turn', async () => {
    const balancer = await openBalancer();
    for (const name of ['one', 'two']) await balancer.add((await openGateway(name)).url);
    const names = await answers(balancer, 4);
    expect(names.filter((name) => name === 'one')).toHaveLength(2);
    expect(names.filter((name) => name === 'two')).toHaveLength(2);
  });

  it('gives nothing to one that is not ready, until it is', async () => {
    const balancer = await openBalancer();
    await balancer.add((await openGateway('one')).url);
    const two = await openGateway('two', false);
    const added = balancer.add(two.url);
    expect(new Set(await answers(balancer, 4))).toEqual(new Set(['one']));
    two.isReady = true;
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

  it('breaks a connection off where nobody is ready', async () => {
    const balancer = await openBalancer();
    await expect(fetch(balancer.url)).rejects.toThrow('fetch failed');
  });
});
