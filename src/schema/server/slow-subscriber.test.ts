import { afterEach, beforeEach, expect, it } from 'vitest';
import { positionIn } from '../../events/index.ts';
import { sleep } from '../../platform/index.ts';
import { ORDER_ID } from '../testing/memory-events.ts';
import { type MemoryModules, memoryModules } from '../testing/memory-modules.ts';
import { served } from '../testing/served.ts';
import { greet } from './raw-socket.fixture.ts';
import { type GatewayServer, startServer } from './start-server.ts';

const EVENTS = 12_000;
const REASON = 'x'.repeat(5_000);
/** 20 MB: more than the systems' buffers on both sides hold, a third of what there is to be sent. */
const IN_BOUNDS = 4_000;

let modules: MemoryModules;
let server: GatewayServer;
let furthest: number;

beforeEach(async () => {
  modules = memoryModules();
  furthest = 0;
  const { after } = modules.audit;
  const noting: typeof after = (seen, filter, limit) => {
    furthest = Math.max(furthest, Number(positionIn(seen, 0)));
    return after(seen, filter, limit);
  };
  Object.assign(modules.audit, { after: noting });
  const parts = served(modules);
  server = await startServer(parts, { host: '127.0.0.1', port: 0 });
});
afterEach(() => server[Symbol.asyncDispose]());

/** How far the server has read, once it has read no further for a while. */
const whereItRests = async (): Promise<number> => {
  for (let before = -1; before !== furthest; ) {
    before = furthest;
    await sleep(300);
  }
  return furthest;
};

it('a subscriber who does not read holds back what is read for him, and gets all of it when he does', async () => {
  const { socket, received, subscribe } = await greet(`${server.url.replace('http', 'ws')}/graphql`);
  subscribe('1', 'subscription { events { node { version data } } }');
  await expect.poll(() => modules.changes.watching()).toBe(1);
  socket.pause();
  const cancelled = { type: 'OrderCancelled', data: { orderId: ORDER_ID, reason: REASON } } as const;
  modules.append(ORDER_ID, ...Array.from({ length: EVENTS }, () => cancelled));
  await expect.poll(() => furthest).toBeGreaterThan(0);
  expect(await whereItRests()).toBeLessThan(IN_BOUNDS);
  socket.resume();
  await expect.poll(() => received.length, { timeout: 50_000 }).toBe(EVENTS + 1);
  const versions = received.slice(1).map((message) => message.payload);
  expect(versions.at(-1)).toMatchObject({ data: { events: { node: { version: EVENTS } } } });
  socket.terminate();
});
