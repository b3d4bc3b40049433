import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { HTTP } from 'cloudevents';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { openSink, type Received } from '../../harness/webhooks/sink.ts';
import {
  accepted,
  type Client,
  CreateWebhookEndpointDocument,
  type CreateWebhookEndpointInput,
  WebhookEndpointsDocument,
} from '../../src/cli/client.ts';
import { startPanier, type TestPanier } from './panier.ts';
import { ends, placeOrder, shelve } from './shop.ts';

let panier: TestPanier;
let client: Client;
beforeAll(async () => {
  panier = await startPanier({ webhookAllowance: { hosts: [], ranges: [], isPrivate: true } });
  client = panier.client();
});
afterAll(() => panier[Symbol.asyncDispose]());

const createEndpoint = async (input: CreateWebhookEndpointInput) =>
  accepted((await client.request(CreateWebhookEndpointDocument, { input })).createWebhookEndpoint);

const eventOf = ({ headers, body }: Received) => {
  const event = HTTP.toEvent({ headers, body });
  if (Array.isArray(event)) throw new Error('one event was expected');
  return event;
};

describe('an endpoint', () => {
  it('is told what happens to an order, in order and signed', async () => {
    await using sink = await openSink();
    const { secret, endpoint } = await createEndpoint({ url: `${sink.url}/hooks?shop=1`, eventTypes: null });
    expect(endpoint).toMatchObject({ status: 'ACTIVE', lastFailure: null, behind: 0 });
    const orderId = await placeOrder(client, [{ productId: await shelve(client, 5), quantity: 1 }], {
      paymentMethod: 'pm_card_visa',
    });
    await ends(client, orderId);
    const ofOrder = await eventually(() => {
      const events = sink.received.map(eventOf).filter(({ subject }) => subject === orderId);
      expect(events.map(({ type }) => type)).toContain('panier.OrderConfirmed');
      return events;
    });
    expect(ofOrder.at(0)?.type).toBe('panier.OrderCreated');
    const verifier = new Webhook(secret);
    for (const { headers, body, path } of sink.received) {
      expect(path).toBe('/hooks?shop=1');
      expect(verifier.verify(body, headers)).toMatchObject({ specversion: '1.0', id: headers['webhook-id'] });
    }
    await eventually(async () => {
      const { edges } = (await client.request(WebhookEndpointsDocument, { first: 10 })).webhookEndpoints;
      expect(edges.find(({ node }) => node.id === endpoint.id)?.node).toMatchObject({ behind: 0, nextAttemptAt: null });
    });
  });
});

const ALL_BUT_WEBHOOKS = ['gateway', 'relay', 'payment', 'saga', 'audit'] as const;

/** A process that does nothing but deliver. */
const spawnWebhooks = ({ databaseUrl, redisServer }: TestPanier): ChildProcess => {
  const env = {
    PATH: process.env['PATH'] ?? '',
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisServer.url,
    PANIER_WEBHOOK_ALLOW: 'private',
    PANIER_ROLES: 'webhooks',
    PANIER_OPS_PORT: 'off',
  };
  return spawn(process.execPath, ['src/cli/start.ts'], { env, stdio: 'ignore' });
};

/** So that something is under way whenever the process is killed. */
const slowly = (response: ServerResponse): void => void setTimeout(() => response.writeHead(204).end(), 30);

const kill = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
};

/** Every event of the store, by what it happened to, in store order. */
const storedOf = async ({ db }: TestPanier): Promise<ReadonlyMap<string, readonly string[]>> => {
  const rows = await db
    .selectFrom('audit.event_store')
    .select(['event_id', 'aggregate_id'])
    .orderBy('position')
    .execute();
  const byAggregate = Map.groupBy(rows, ({ aggregate_id: id }) => id);
  return new Map([...byAggregate].map(([id, events]) => [id, events.map(({ event_id: eventId }) => eventId)]));
};

/** What a receiver got, by what it happened to; of what came more than once, the first. */
const toldBy = (received: readonly Received[]): ReadonlyMap<string, readonly string[]> => {
  const byAggregate = Map.groupBy(received.map(eventOf), ({ subject }) => subject ?? '');
  return new Map([...byAggregate].map(([id, events]) => [id, [...new Set(events.map((event) => event.id))]]));
};

describe('a process that is killed while it delivers', () => {
  it('leaves nothing undelivered, and every order in its order, to the next', async () => {
    await using stopped = new AsyncDisposableStack();
    const apart = stopped.use(await startPanier({ roles: ALL_BUT_WEBHOOKS }));
    const sink = stopped.use(await openSink(slowly));
    const operator = apart.client();
    const input = { url: sink.url.replace('127.0.0.1', 'localhost') };
    const { secret } = accepted(
      (await operator.request(CreateWebhookEndpointDocument, { input })).createWebhookEndpoint,
    );
    const productId = await shelve(operator, 100);
    const order = () => placeOrder(operator, [{ productId, quantity: 1 }], { paymentMethod: 'pm_card_visa' });
    for (let nth = 0; nth < 12; nth += 1) await ends(operator, await order());
    const first = spawnWebhooks(apart);
    stopped.defer(() => kill(first));
    await eventually(() => expect(sink.received.length).toBeGreaterThan(25), 40_000);
    const underWay = order();
    await kill(first);
    await ends(operator, await underWay);
    const heard = sink.received.length;
    const second = spawnWebhooks(apart);
    stopped.defer(() => kill(second));
    await eventually(async () => expect(toldBy(sink.received)).toEqual(await storedOf(apart)), 60_000);
    expect(heard).toBeLessThan(new Set(sink.received.map(({ headers }) => headers['webhook-id'])).size);
    for (const { body, headers } of sink.received) new Webhook(secret).verify(body, headers);
  });
});
