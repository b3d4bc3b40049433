import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ownMs } from '../../../harness/support/own-time.ts';
import { memoryModules } from '../testing/memory-modules.ts';
import { served } from '../testing/served.ts';
import { greet } from './raw-socket.fixture.ts';
import { type GatewayServer, startServer } from './start-server.ts';

let server: GatewayServer;
beforeEach(async () => {
  const parts = served(memoryModules());
  server = await startServer(parts, { host: '127.0.0.1', port: 0 });
});
afterEach(() => server[Symbol.asyncDispose]());

const stop = (): Promise<number> => ownMs(() => server[Symbol.asyncDispose]());

interface Outcome {
  readonly failure?: string;
  readonly status?: number | undefined;
  readonly connection?: string | undefined;
}

const ask = async (agent: Agent, path: string): Promise<Outcome> => {
  const sent = request(`${server.url}${path}`, { agent }).end();
  try {
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    response.resume();
    await once(response, 'end');
    return { status: response.statusCode, connection: response.headers.connection };
  } catch (error) {
    return { failure: (error as NodeJS.ErrnoException).code ?? String(error) };
  }
};

describe('a server that stops', () => {
  it('is not kept by connections that are idle', async () => {
    const agent = new Agent({ keepAlive: true });
    expect((await ask(agent, '/health/live')).connection).toBe('keep-alive');
    expect(await stop()).toBeLessThan(700);
    agent.destroy();
  });

  it('is kept for a second by a WebSocket that does not read', async () => {
    const { socket } = await greet(`${server.url.replace('http', 'ws')}/graphql`);
    socket.pause();
    expect(await stop()).toBeLessThan(2_000);
    socket.terminate();
  });

  it('is not kept by a WebSocket that was cut off', async () => {
    const { socket } = await greet(`${server.url.replace('http', 'ws')}/graphql`);
    socket.terminate();
    expect(await stop()).toBeLessThan(700);
  });

  it('says with every answer that it is the last one, and resets nobody', async () => {
    const outcomes: Outcome[] = [];
    const over = new AbortController();
    const keepAsking = async (): Promise<void> => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      while (!over.signal.aborted) {
        const outcome = await ask(agent, '/graphql?query={__typename}');
        outcomes.push(outcome);
        if (outcome.connection !== 'keep-alive') break;
      }
      agent.destroy();
    };
    const clients = Array.from({ length: 16 }, keepAsking);
    await expect.poll(() => outcomes.length).toBeGreaterThan(100);
    const took = await stop();
    over.abort();
    await Promise.all(clients);
    const last = outcomes.filter(({ connection }) => connection !== 'keep-alive');
    expect(last).toEqual(clients.map(() => ({ status: 200, connection: 'close' })));
    expect(took).toBeLessThan(2_000);
  });
});
