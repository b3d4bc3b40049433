import { Command, Redis, ReplyError } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeNode, form, seenBy } from '../../../harness/support/cluster/fake-node.ts';
import { eventually } from '../../../harness/support/eventually.ts';
import { ignored, type ServerAddress } from '../../platform/index.ts';
import { Router } from './router.ts';

/** What a node answers with; of no type. */
const Refusal = ReplyError as new (message: string) => Error;

let opened: AsyncDisposableStack;
let nodes: Map<number, Redis>;
beforeEach(() => {
  [opened, nodes] = [new AsyncDisposableStack(), new Map<number, Redis>()];
});
afterEach(() => opened.disposeAsync());

/** Leads nowhere, and goes on trying. */
const openNode = ({ port }: ServerAddress): Redis => {
  const node = new Redis({ port: 1, retryStrategy: () => 60_000, maxRetriesPerRequest: null }).on('error', ignored);
  nodes.set(port, node);
  return node;
};

const routerTo = (...urls: readonly FakeNode[]): Router => {
  const account = { username: undefined, password: undefined };
  const url = { isTls: false, nodes: urls.map(({ port }) => ({ host: '127.0.0.1', port })), account };
  const place = { url, tls: undefined, tlsFiles: undefined };
  const parts = { place, openNode, holdingOf: () => null, examineAll: async () => {} };
  return opened.adopt(new Router(parts), (each) => each.close());
};

/** Most of those that it knows are to go on. */
const untilAskedTwice = (...all: readonly FakeNode[]) =>
  eventually(() => expect(Math.min(...all.map(({ asked }) => asked))).toBeGreaterThan(1));

/** Whoever is asked the second time from now on has been heard since. */
const untilHeardAgain = (...all: readonly FakeNode[]) => {
  const before = all.map(({ asked }) => asked);
  return eventually(() => {
    for (const [nth, { asked }] of all.entries()) expect(asked).toBeGreaterThan((before[nth] ?? 0) + 1);
  });
};

/** From now on these are a cluster in which each has a host name. */
const formNamed = (all: Readonly<Record<string, FakeNode>>, epoch: number): void => {
  form(all, epoch);
  for (const node of Object.values(all)) node.sees = node.sees.map((line) => line.replace('@1 ', '@1,localhost '));
};

const openThree = async (): Promise<readonly [FakeNode, FakeNode, FakeNode]> => [
  opened.use(await FakeNode.open()),
  opened.use(await FakeNode.open()),
  opened.use(await FakeNode.open()),
];

/** Asks a node without slots, as the one that has the slot says. */
const askAt = async (router: Router, from: FakeNode, to: FakeNode): Promise<void> => {
  await router.masters();
  const command = new Command('get', ['key']);
  router.send({ command, slot: 0, reject: ignored });
  await eventually(() => expect(nodes.get(from.port)).toBeDefined());
  command.reject(new Refusal(`ASK 0 127.0.0.1:${to.port}`));
  await eventually(() => expect(nodes.get(to.port)?.status).toBe('reconnecting'));
};

describe('a router', () => {
  it('sends nothing to a node of another cluster that answers where one of ours did, and leaves it', async () => {
    const [a, b] = [opened.use(await FakeNode.open()), opened.use(await FakeNode.open())];
    form({ a, b }, 3);
    const router = routerTo(a, b);
    const [first, second] = await router.masters();
    await untilAskedTwice(a, b);
    a.sees = seenBy('x', { x: a }, 99);
    await eventually(async () => expect(await router.masters()).toHaveLength(1));
    await eventually(() => expect([first?.status, second?.status]).toEqual(['end', 'reconnecting']));
    form({ a, b }, 3);
    expect(await eventually(() => router.masters())).toHaveLength(2);
  });

  it('leaves a node without slots to which it was sent once that is in the cluster no more', async () => {
    const [a, b, c] = await openThree();
    form({ a, b, c }, 3);
    const router = routerTo(a, b);
    await router.masters();
    await untilAskedTwice(a, b, c);
    await askAt(router, a, c);
    form({ a, b, c }, 4);
    await untilAskedTwice(a, b, c);
    expect(nodes.get(c.port)?.status).toBe('reconnecting');
    form({ a, b }, 5);
    await eventually(() => expect(nodes.get(c.port)?.status).toBe('end'));
    expect(nodes.get(a.port)?.status).toBe('reconnecting');
  });

  it('keeps a node that has a host name, and to which it was sent by its address, until that leads no more', async () => {
    const [a, b, c] = await openThree();
    formNamed({ a, b, c }, 3);
    const router = routerTo(a, b);
    await router.masters();
    await untilHeardAgain(a, b, c);
    await askAt(router, a, c);
    formNamed({ a, b, c }, 4);
    await untilHeardAgain(a, b, c);
    expect(nodes.get(c.port)?.status).toBe('reconnecting');
    formNamed({ a, c, b }, 5);
    await untilHeardAgain(a, b, c);
    expect(nodes.get(c.port)?.status).toBe('reconnecting');
    formNamed({ a, b, c }, 6);
    await eventually(() => expect(nodes.get(c.port)?.status).toBe('end'));
  });
});
