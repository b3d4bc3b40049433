import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { AS_OPERATOR } from '../../harness/support/tokens.ts';
import { accepted, CancelOrderDocument, type Client, PayOrderDocument } from '../../src/cli/client.ts';
import { STREAMS } from '../../src/events/index.ts';
import { API, AUDIT, charged, checkedOut, checkout, KIND, REACTION, SAGA, sold, stored } from './order-trees.ts';
import { startPanier, type TestPanier } from './panier.ts';
import { isShared, openRecordedSpans, type RecordedSpans, servedBy, traceOfOrder, treeOf } from './recorded-spans.ts';
import { ends, placeOrder, reaches, shelve } from './shop.ts';
import { SUBSCRIPTIONS } from './watch-order.ts';

let panier: TestPanier;
let spans: RecordedSpans;
beforeAll(async () => {
  spans = await openRecordedSpans();
  panier = await startPanier();
});
afterAll(async () => {
  await panier[Symbol.asyncDispose]();
  await spans[Symbol.asyncDispose]();
});

/** What is told at last may be told a moment after its frame. */
const PATIENT = { timeout: 10_000, interval: 20 };

const traceNow = (orderId: string) => traceOfOrder(spans.ended(), orderId);
const treeNow = (orderId: string) => treeOf(traceNow(orderId));

const order = async (client: Client, input: object = {}, stock = 5): Promise<string> => {
  const productId = await shelve(client, stock);
  return placeOrder(client, [{ productId, quantity: 1 }], input);
};

const pay = async (client: Client, orderId: string): Promise<void> => {
  const input = { orderId, paymentMethod: 'pm_card_visa' };
  accepted((await client.request(PayOrderDocument, { input })).payOrder);
};

const rootOf = (name: string) => spans.ended().filter((span) => span.name === name);

describe('the trace of an order', () => {
  it('is one from its checkout to its confirmation, with the frames that showed it', async () => {
    const client = panier.client();
    const id = await order(client);
    await reaches(client, id, 'AWAITING_PAYMENT');
    const watching = SUBSCRIPTIONS.SSE({ url: panier.url, client }, { orderId: id });
    await eventually(() => expect(rootOf('subscription orderStatus')).toHaveLength(1));
    // A stream may last for days, and what is open is never sent.
    await eventually(() => expect(spans.open()).toBe(0));
    await pay(client, id);
    await watching;
    await expect
      .poll(() => treeNow(id), PATIENT)
      .toEqual(
        checkout({
          ...checkedOut({ [REACTION]: { commit: {} }, 'push orderStatus StockReserved': {} }),
          'command payOrder': {
            commit: {
              ...stored('PaymentRequested'),
              'push orderStatus PaymentRequested': {},
              ...charged({ 'push orderStatus PaymentSucceeded': {}, 'push orderStatus OrderConfirmed': {} }),
            },
          },
        }),
      );
    const command = traceNow(id).find(({ name }) => name === 'command payOrder');
    const [operation] = rootOf('mutation PayOrder');
    expect(operation?.traceId).not.toBe(command?.traceId);
    expect(command?.links.map(({ spanId }) => spanId)).toEqual([operation?.spanId]);
  });

  it('reaches all that was done for many at once', async () => {
    const client = panier.client();
    const id = await order(client, { paymentMethod: 'pm_card_visa' });
    await ends(client, id);
    await expect
      .poll(() => treeNow(id), PATIENT)
      .toEqual(checkout(checkedOut({ [REACTION]: { commit: { ...stored('PaymentRequested'), ...charged() } } }), KIND));
    const [all, trace] = [spans.ended(), traceNow(id)];
    for (const span of trace.filter(({ name }) => name === 'commit')) {
      expect(servedBy(all, span, /^append$/)).toHaveLength(1);
      expect(servedBy(all, span, /^publish/).length).toBeGreaterThan(0);
      expect(span.attributes).toMatchObject({ 'panier.order.id': id, 'panier.outcome': 'Appended' });
      expect(span.attributes['panier.wait_ms']).toBeGreaterThanOrEqual(0);
    }
    const deliveries = trace
      .filter(({ name }) => name.startsWith('process'))
      .map((span) => servedBy(all, span, /^deliver/));
    expect(deliveries.filter(({ length }) => length !== 1)).toEqual([]);
    const stores = deliveries.flat().filter(({ name }) => name === `deliver ${AUDIT}`);
    const below = stores.map((delivery) =>
      servedBy(all, delivery, /^(?:store|project|announce)$/).map(({ name }) => name),
    );
    expect(new Set(below.map((names) => names.toSorted().join()))).toEqual(new Set(['announce,project,store']));
    expect(trace.filter(({ attributes }) => 'error.type' in attributes)).toEqual([]);
  });

  it('tells of an order that is rejected', async () => {
    const client = panier.client();
    const id = await order(client, { paymentMethod: 'pm_card_visa' }, 0);
    await ends(client, id);
    await expect
      .poll(() => treeNow(id), PATIENT)
      .toEqual(
        checkout(
          {
            ...stored('CartCheckedOut'),
            ...stored('OrderCreated'),
            [`process OrderCreated ${SAGA}`]: {
              'decide StockReservationFailed': {
                ...stored('StockReservationFailed'),
                [`process StockReservationFailed ${API}`]: {
                  commit: { ...stored('OrderRejected'), ...sold('OrderRejected') },
                },
              },
            },
          },
          KIND,
        ),
      );
  });

  it('tells of one that is cancelled, and of its stock that goes back', async () => {
    const client = panier.client();
    const id = await order(client);
    await reaches(client, id, 'AWAITING_PAYMENT');
    accepted((await client.request(CancelOrderDocument, { input: { orderId: id } })).cancelOrder);
    await ends(client, id);
    await expect
      .poll(() => treeNow(id), PATIENT)
      .toEqual(
        checkout({
          ...checkedOut({ [REACTION]: { commit: {} } }),
          'command cancelOrder': {
            commit: {
              ...stored('OrderCancelled'),
              [`process OrderCancelled ${SAGA}`]: {
                'decide StockCompensated': {
                  ...stored('StockCompensated'),
                  [`process StockCompensated ${API}`]: { commit: {} },
                },
              },
            },
          },
        }),
      );
  });

  it('goes on in another process, after the one that began it', async () => {
    const first = await panier.another();
    const id = await order(first.client());
    await reaches(first.client(), id, 'AWAITING_PAYMENT');
    await first[Symbol.asyncDispose]();
    const client = panier.client();
    await pay(client, id);
    await ends(client, id);
    await expect
      .poll(() => treeNow(id), PATIENT)
      .toEqual(
        checkout({
          ...checkedOut({ [REACTION]: { commit: {} } }),
          'command payOrder': { commit: { ...stored('PaymentRequested'), ...charged() } },
        }),
      );
  });

  it('has one root also when Redis lost its events, and they are published again', async () => {
    const client = panier.client();
    const id = await order(client, { paymentMethod: 'pm_card_visa' });
    await ends(client, id);
    const created = () => {
      const trace = traceOfOrder(spans.ended(), id);
      const commit = trace.find(({ name, attributes }) => name === 'commit' && attributes['panier.order.id'] === id);
      if (commit === undefined) throw new Error('nothing was written');
      return servedBy(spans.ended(), commit, new RegExp(`^publish ${STREAMS.orders}$`));
    };
    const before = (await eventually(() => created())).length;
    await panier.redis.del(STREAMS.orders, `{${STREAMS.orders}}:published:write`);
    await eventually(() => expect(created().length).toBeGreaterThan(before));
  });

  it('has the frames of a WebSocket too, whose operations are traces of their own', async () => {
    const client = panier.client();
    const id = await order(client, { paymentMethod: 'pm_card_visa' });
    await SUBSCRIPTIONS.WebSocket({ url: panier.url, client }, { orderId: id });
    const frame = await eventually(() => {
      const found = traceNow(id).find((span) => span.name === 'push orderStatus');
      if (found === undefined) throw new Error('there was no frame');
      return found;
    });
    const [operation] = rootOf('subscription WatchOrder');
    expect(operation).toMatchObject({ kind: 'SERVER', parentId: null });
    expect(frame.links.map(({ spanId }) => spanId)).toEqual([operation?.spanId]);
  });

  it('is not recorded where its client says so, and its events say so too', async () => {
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const traceparent = `00-${traceId}-00f067aa0ba902b7-00`;
    const query = 'mutation { createCart { ... on Cart { id } } }';
    const body = JSON.stringify({ query });
    const headers = { ...AS_OPERATOR, 'content-type': 'application/json', traceparent };
    const answer = await fetch(`${panier.url}/graphql`, { method: 'POST', headers, body });
    const { data } = (await answer.json()) as { data: { createCart: { id: string } } };
    const event = panier.db
      .selectFrom('audit.event_store')
      .select('traceparent')
      .where('aggregate_id', '=', data.createCart.id);
    const found = await eventually(() => event.executeTakeFirstOrThrow());
    expect(found.traceparent).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-00$`));
    expect(spans.ended().filter((span) => span.traceId === traceId)).toEqual([]);
  });

  it('leaves no span open', async () => {
    await eventually(() => expect(spans.open()).toBe(0));
    expect(spans.ended().filter((span) => !isShared(span)).length).toBeGreaterThan(100);
  });
});
