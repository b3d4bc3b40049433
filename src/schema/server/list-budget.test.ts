import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AS_OPERATOR } from '../../../harness/support/tokens.ts';
import { ORDER_ID, orderEvents } from '../testing/memory-events.ts';
import { type MemoryModules, memoryModules } from '../testing/memory-modules.ts';
import { served } from '../testing/served.ts';
import { greet } from './raw-socket.fixture.ts';
import { type GatewayServer, startServer } from './start-server.ts';
import { ask } from './testing/raw-request.ts';

const STEPS = 101;
const COST = 250;

let modules: MemoryModules;
let server: GatewayServer;

beforeEach(async () => {
  modules = memoryModules();
  const { created } = orderEvents('customer-1');
  const cancelled = { type: 'OrderCancelled', data: { orderId: ORDER_ID, reason: 'again' } } as const;
  modules.append(ORDER_ID, created, ...Array.from({ length: STEPS - 1 }, () => cancelled));
  server = await startServer(served(modules), { host: '127.0.0.1', port: 0, limits: { cost: COST } });
});
afterEach(() => server[Symbol.asyncDispose]());

const order = (selection: string): string => `order(id: "${ORDER_ID}") { ${selection} }`;
const answerTo = async (query: string): Promise<string> =>
  (await ask(server.url, { headers: AS_OPERATOR, body: JSON.stringify({ query }) })).body;

describe('lists that are longer than they were counted', () => {
  it('are answered with within the limit', async () => {
    expect(await answerTo(`{ ${order('steps { revision status }')} }`)).toContain(`"revision":${STEPS}`);
  });

  it.each([
    ['by themselves', `{ ${order('steps { revision status event { type } }')} }`],
    ['by another name', `{ ${order('a: steps { revision } b: steps { revision } c: steps { revision }')} }`],
    [
      'by several objects',
      `{ a: ${order('steps { revision }')} b: ${order('steps { revision }')} c: ${order('...S')} } fragment S on Order { steps { revision } }`,
    ],
    [
      'asked for in parts',
      `{ ${order('steps { revision } ...S')} } fragment S on Order { steps { status event { type } } }`,
    ],
  ])('are refused beyond it: %s', async (_how, query) => {
    const answer = await answerTo(query);
    expect(answer).toContain('"code":"TOO_COSTLY"');
    expect(answer).toMatch(/The answer would have \d+ fields, and at most 250 are served: ask for smaller pages/);
  });

  it('are looked at anew for each update of a subscription', async () => {
    const { socket, received, subscribe } = await greet(`${server.url.replace('http', 'ws')}/graphql`);
    subscribe('1', `subscription { orderStatus(orderId: "${ORDER_ID}") { order { steps { revision } } } }`);
    await expect.poll(() => received.some(({ id }) => id === '1')).toBe(true);
    const next = { type: 'OrderCancelled', data: { orderId: ORDER_ID, reason: 'more' } } as const;
    for (let nth = 0; nth < 3; nth += 1) {
      modules.append(ORDER_ID, next);
      await expect.poll(() => JSON.stringify(received)).toContain(`"revision":${STEPS + nth + 1}`);
    }
    expect(JSON.stringify(received)).not.toContain('TOO_COSTLY');
    socket.terminate();
  });
});
