import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { errorOf } from './sdk.fixture.ts';
import { openStage, type Received } from './stage.fixture.ts';

const { stripe, controls } = await openStage();

const SECRET = 'whsec_one';
const received: Received[] = [];
let answers: number[] = [];

const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const body = await text(request);
  const { type } = JSON.parse(body) as { readonly type: string };
  received.push({ body, type, signature: String(request.headers['stripe-signature']) });
  response.writeHead(answers.shift() ?? 200, { location: '/elsewhere' }).end();
};

const server = createServer((request, response) => void receive(request, response)).listen(0, '127.0.0.1');
await once(server, 'listening');
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/stripe`;
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

const listen = (events: readonly string[], secrets = [SECRET]): void => controls.listenAt({ url, secrets, events });
const pay = () =>
  stripe.paymentIntents.create(
    {
      amount: 990,
      currency: 'eur',
      confirm: true,
      payment_method: 'pm_card_visa',
      allowed_payment_method_types: ['card'],
    },
    { idempotencyKey: `order_${received.length}_${Date.now()}:1` },
  );
const arrives = (count: number) => expect.poll(() => received.length).toBe(count);
const rest = () => new Promise((done) => setTimeout(done, 100));

beforeEach(() => {
  received.length = 0;
  answers = [];
});

describe('an event', () => {
  it('is signed as the SDK checks it, and has what it is about', async () => {
    listen(['payment_intent.succeeded']);
    const { id } = await pay();
    await arrives(1);
    const [{ body, signature } = { body: '', signature: '' }] = received;
    const event = stripe.webhooks.constructEvent(body, signature, SECRET);
    expect(event).toMatchObject({
      object: 'event',
      type: 'payment_intent.succeeded',
      data: { object: { id, status: 'succeeded', amount: 990 } },
      request: { idempotency_key: expect.stringMatching(/^order_/) as string },
    });
    expect(await stripe.events.retrieve(event.id)).toMatchObject({ id: event.id, type: event.type });
    expect(() => stripe.webhooks.constructEvent(`${body} `, signature, SECRET)).toThrow('signature');
    expect(() => stripe.webhooks.constructEvent(body, signature, 'whsec_other')).toThrow('signature');
  });

  it('is signed by both secrets while one takes the place of the other', async () => {
    listen(['payment_intent.succeeded'], [SECRET, 'whsec_two']);
    await pay();
    await arrives(1);
    const [{ body, signature } = { body: '', signature: '' }] = received;
    for (const secret of [SECRET, 'whsec_two'])
      expect(stripe.webhooks.constructEvent(body, signature, secret).object).toBe('event');
  });

  it('is sent again until it is answered with 2xx; a redirect is no such answer', async () => {
    listen(['payment_intent.succeeded']);
    answers = [500, 302, 404];
    await pay();
    await arrives(4);
    await rest();
    expect([received.length, new Set(received.map(({ body }) => body)).size]).toEqual([4, 1]);
  });

  it('of another type than those asked for is not sent', async () => {
    listen(['charge.refunded']);
    await pay();
    await rest();
    expect(received).toEqual([]);
  });

  it.each([
    ['event-lost', 0, 0],
    ['event-late', 1, 0],
  ] as const)('that is %s arrives %i times, %i of them at once', async (kind, times, atOnce) => {
    listen(['payment_intent.succeeded']);
    controls.arm({ kind });
    await pay();
    await rest();
    expect(received.length).toBe(atOnce);
    await arrives(times);
    expect(controls.tally().faults[kind]).toBe(1);
  });

  it('comes a second time', async () => {
    listen(['payment_intent.succeeded']);
    controls.arm({ kind: 'event-doubled' });
    await pay();
    await arrives(2);
    expect(new Set(received.map(({ body }) => body)).size).toBe(1);
  });

  it('overtakes another', async () => {
    listen(['charge.succeeded', 'payment_intent.succeeded']);
    controls.arm({ kind: 'event-reordered', path: 'charge.succeeded' });
    await pay();
    await arrives(2);
    expect(received.map(({ type }) => type)).toEqual(['payment_intent.succeeded', 'charge.succeeded']);
  });

  it('of another system comes beside ours', async () => {
    listen(['payment_intent.succeeded']);
    controls.arm({ kind: 'event-foreign' });
    const { id } = await pay();
    await arrives(2);
    const ids = received.map(({ body }) => (JSON.parse(body) as { data: { object: { id: string } } }).data.object.id);
    const foreign = controls
      .books()
      .filter(({ isForeign }) => isForeign)
      .map(({ paymentIntent }) => paymentIntent);
    expect(ids.toSorted()).toEqual([id, ...foreign].toSorted());
  });

  it('can be had once more, and there is none that there is not', async () => {
    listen(['payment_intent.succeeded']);
    await pay();
    await arrives(1);
    const { id } = JSON.parse(received[0]?.body ?? '') as { readonly id: string };
    expect([controls.resend({ event: id }), controls.resend({ event: 'evt_none' })]).toEqual([true, false]);
    await arrives(2);
    expect((await errorOf(stripe.events.retrieve('evt_none'))).statusCode).toBe(404);
  });

  it('of a dispute that is lost, as all others of it are, leaves the books saying so', async () => {
    listen(['charge.dispute.created', 'charge.dispute.closed']);
    const untold = (id: string) => controls.books().find(({ paymentIntent }) => paymentIntent === id)?.untoldDisputes;
    controls.arm({ kind: 'event-lost', path: 'charge.dispute.created' });
    const { id } = await pay();
    const dispute = controls.openDispute({ paymentIntent: id, reason: 'fraudulent' }) ?? '';
    expect(untold(id)).toBe(1);
    controls.closeDispute({ dispute, status: 'lost' });
    await arrives(1);
    expect(untold(id)).toBe(0);
  });
});
