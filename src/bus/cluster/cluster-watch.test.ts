import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeNode, form, seenBy } from '../../../harness/support/cluster/fake-node.ts';
import { eventually } from '../../../harness/support/eventually.ts';
import { SIGNALS } from '../../platform/index.ts';
import { ClusterWatch } from './cluster-watch.ts';

let opened: AsyncDisposableStack;

beforeEach(() => {
  opened = new AsyncDisposableStack();
});

afterEach(() => opened.disposeAsync());

const fakeNode = async (): Promise<FakeNode> => opened.use(await FakeNode.open());

const watchFrom = (...nodes: readonly FakeNode[]): ClusterWatch => {
  const account = { username: undefined, password: undefined };
  const url = { isTls: false, nodes: nodes.map(({ port }) => ({ host: '127.0.0.1', port })), account };
  return opened.use(new ClusterWatch({ url, tls: undefined, tlsFiles: undefined }));
};

const TURNS = 3;

/** What they see now, they have said several times. */
const untilAsked = async (...nodes: readonly FakeNode[]): Promise<void> => {
  const before = nodes.map(({ asked }) => asked);
  await eventually(async () => {
    for (const [nth, { asked }] of nodes.entries()) expect(asked).toBeGreaterThan((before[nth] ?? 0) + TURNS);
  });
};

describe('a cluster', () => {
  it('is not taken for another one whose node answers at an address that it once knew', async () => {
    const [a, b, c, neighbour] = await Promise.all([fakeNode(), fakeNode(), fakeNode(), fakeNode()]);
    form({ a, b, c }, 3);
    const watch = watchFrom(a, b);
    await watch.find();
    await untilAsked(a, b, c);
    a.sees = seenBy('x', { x: a, y: neighbour }, 99);
    await untilAsked(a, b, c);
    expect(watch.map.masterOf(0)).toEqual({ host: '127.0.0.1', port: a.port });
    expect(watch.map.masterOf(16_383)).toEqual({ host: '127.0.0.1', port: b.port });
    expect(watch.isSilent({ host: '127.0.0.1', port: a.port })).toBe(true);
    expect(neighbour.asked).toBe(0);
    a.sees = seenBy('a', { a, b, c }, 3);
    await eventually(async () => expect(watch.isSilent({ host: '127.0.0.1', port: a.port })).toBe(false));
  });

  it('tells of a node of another one once, and again once it is none any more', async () => {
    const told: unknown[] = [];
    using _hearing = SIGNALS.strangersFound.hear(({ nodes }) => void told.push(nodes));
    const [a, b, c, neighbour] = await Promise.all([fakeNode(), fakeNode(), fakeNode(), fakeNode()]);
    form({ a, b, c }, 3);
    const watch = watchFrom(a, b);
    await watch.find();
    await untilAsked(a, b, c);
    const found = [`127.0.0.1:${a.port}`];
    a.sees = seenBy('x', { x: a, y: neighbour }, 99);
    await eventually(async () => expect(told).toEqual([found]));
    a.sees = seenBy('x', { x: a, y: neighbour }, 100);
    await untilAsked(a, b, c);
    a.sees = seenBy('a', { a, b, c }, 3);
    await eventually(async () => expect(told).toEqual([found, []]));
    a.sees = seenBy('x', { x: a, y: neighbour }, 99);
    await eventually(async () => expect(told).toEqual([found, [], found]));
    watch[Symbol.dispose]();
    expect(told.at(-1)).toBeNull();
  });

  it('leaves a node that went to another one, and that nobody else names any more', async () => {
    const [a, b, c, neighbour] = await Promise.all([fakeNode(), fakeNode(), fakeNode(), fakeNode()]);
    form({ a, b, c }, 3);
    const watch = watchFrom(a);
    await watch.find();
    await untilAsked(a, b, c);
    c.sees = seenBy('c', { c, y: neighbour }, 99);
    form({ a, b }, 3);
    await untilAsked(a, b);
    const asked = c.asked;
    await untilAsked(a, b);
    expect(c.asked).toBe(asked);
    expect(neighbour.asked).toBe(0);
    expect(watch.map.masterOf(0)).toEqual({ host: '127.0.0.1', port: a.port });
  });

  it('is found by the one node of the URL, though the others know that one no more', async () => {
    const [a, b, c, x] = await Promise.all([fakeNode(), fakeNode(), fakeNode(), fakeNode()]);
    form({ a, b, c }, 3);
    x.sees = seenBy('x', { a, b, c, x }, 3);
    const watch = watchFrom(x);
    await watch.find();
    const isStranger = ({ port }: FakeNode): boolean => watch.isStranger({ host: '127.0.0.1', port });
    await eventually(async () => expect([a, b, c, x].map(isStranger)).toEqual([false, false, false, true]));
  });

  it('is the one of most nodes of the URL, whoever of them answers first', async () => {
    const [a, b, x, neighbour] = await Promise.all([fakeNode(), fakeNode(), fakeNode(), fakeNode()]);
    form({ x, y: neighbour }, 99);
    form({ a, b }, 3);
    const watch = watchFrom(x, a, b);
    await watch.find();
    await eventually(async () => expect(watch.map.masterOf(0)).toEqual({ host: '127.0.0.1', port: a.port }));
    await untilAsked(a, b, x);
    expect(watch.map.masters.map(({ port }) => port)).toEqual([a.port, b.port]);
  });
});
