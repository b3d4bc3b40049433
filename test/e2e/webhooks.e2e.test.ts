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
