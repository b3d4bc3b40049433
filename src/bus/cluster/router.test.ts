import { Redis } from 'ioredis';
import { expect, it } from 'vitest';
import { FakeNode, form, seenBy } from '../../../harness/support/cluster/fake-node.ts';
import { eventually } from '../../../harness/support/eventually.ts';
import { ignored } from '../../platform/index.ts';
import { Router } from './router.ts';

const openNowhere = (): Redis =>
  new Redis({ port: 1, retryStrategy: () => 60_000, maxRetriesPerRequest: null }).on('error', ignored);

it('sends nothing to a node of another cluster that answers where one of ours did, and leaves it', async () => {
  await using opened = new AsyncDisposableStack();
  const [a, b] = [opened.use(await FakeNode.open()), opened.use(await FakeNode.open())];
  form({ a, b }, 3);
  const account = { username: undefined, password: undefined };
  const url = { isTls: false, nodes: [a, b].map(({ port }) => ({ host: '127.0.0.1', port })), account };
  const place = { url, tls: undefined, tlsFiles: undefined };
  const parts = { place, openNode: openNowhere, holdingOf: () => null, examineAll: async () => {} };
  const router = opened.adopt(new Router(parts), (each) => each.close());
  const [first, second] = await router.masters();
  // Most of those that it knows are to go on.
  await eventually(() => expect(Math.min(a.asked, b.asked)).toBeGreaterThan(1));
  a.sees = seenBy('x', { x: a }, 99);
  await eventually(async () => expect(await router.masters()).toHaveLength(1));
  await eventually(() => expect([first?.status, second?.status]).toEqual(['end', 'reconnecting']));
  form({ a, b }, 3);
  expect(await eventually(() => router.masters())).toHaveLength(2);
});
