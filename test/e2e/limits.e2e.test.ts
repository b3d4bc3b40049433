import { once } from 'node:events';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { DEFAULT_LIMITS } from '../../src/platform/index.ts';
import { startPanier } from './panier.ts';

/** What becomes of one more WebSocket; an open one stays open. */
const open = async (url: string): Promise<'open' | 'refused'> => {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  const refused = once(socket, 'unexpected-response').then(() => 'refused' as const);
  return Promise.race([once(socket, 'open').then(() => 'open' as const), refused]);
};

it('panier takes no more WebSockets than its configuration says', async () => {
  await using panier = await startPanier({ limits: { ...DEFAULT_LIMITS, sockets: 1 }, roles: ['gateway'] });
  expect([await open(panier.url), await open(panier.url)]).toEqual(['open', 'refused']);
});
