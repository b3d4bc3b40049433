import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../events/index.ts';
import type { ChargeRequest } from '../provider.ts';
import { booksOf, requestOf, SECRET, stripeAtWork } from './stripe.fixture.ts';

const FORMER = 'whsec_of_before';
const atWork = await stripeAtWork([FORMER, SECRET]);
const { db, provider, notices, fake, told } = atWork;

const seconds = (): number => Math.floor(Date.now() / 1_000);

interface Signing {
  readonly secret?: string;
  readonly atSeconds?: number;
}

const signed = (body: string, { secret = SECRET, atSeconds = seconds() }: Signing = {}): string =>
  `t=${atSeconds},v1=${createHmac('sha256', secret).update(`${atSeconds}.${body}`).digest('hex')}`;

const receive = (body: string, signature: string | undefined = signed(body)) =>
  notices.receive({ body: Buffer.from(body), header: (name) => (name === 'stripe-signature' ? signature : undefined) });

let events = 0;
const event = (type: string, object: object): string => {
  events += 1;
  return JSON.stringify({ id: `evt_${events}`, object: 'event', type, data: { object } });
};

const intentOf = (request: ChargeRequest): string => booksOf(atWork, request)[0]?.paymentIntent ?? '';
const tasksOf = async ({ orderId }: ChargeRequest) =>
  (await db.selectFrom('write.task').selectAll().where('order_id', '=', orderId).execute()).map(
    ({ payload }) => payload as JsonObject,
  );
const rowsOf = async (about: string) =>
  db.selectFrom('write.payment_notice').select(['type', 'order_id']).where('about', '=', about).execute();

const charged = async (paymentMethod = 'pm_card_visa'): Promise<ChargeRequest> => {
  const request = requestOf(paymentMethod);
  await provider.charge(request);
  return request;
};
const succeededNotice = (request: ChargeRequest): string =>
  event('payment_intent.succeeded', { id: intentOf(request), status: 'succeeded', amount_received: 1 });

describe('a notice of Stripe', () => {
  it('is written down once, with one task, however often it comes', async () => {
    const request = await charged();
    const body = succeededNotice(request);
    expect(await Promise.all([receive(body), receive(body), receive(body)])).toEqual(['Taken', 'Taken', 'Taken']);
    expect(await rowsOf(intentOf(request))).toEqual([{ type: 'payment_intent.succeeded', order_id: request.orderId }]);
    expect(await tasksOf(request)).toHaveLength(1);
    await db.deleteFrom('write.task').where('order_id', '=', request.orderId).execute();
    expect(await receive(body)).toBe('Taken');
    expect(await tasksOf(request)).toEqual([]);
  });

  it('keeps nothing of its body but what it is about', async () => {
    const request = await charged();
    const intent = { id: intentOf(request), payment_method: 'pm_secret', client_secret: 'pi_x_secret_y' };
    await receive(event('payment_intent.succeeded', intent));
    const kept = JSON.stringify([
      await db.selectFrom('write.payment_notice').selectAll().execute(),
      await tasksOf(request),
    ]);
    expect(kept).not.toMatch(/pm_|secret/);
  });

  it('says nothing itself: how the payment stands is asked, whatever came first', async () => {
    const request = await charged('pm_card_authenticationRequired');
    await receive(succeededNotice(request));
    await receive(event('payment_intent.canceled', { id: intentOf(request) }));
    for (const about of await tasksOf(request))
      expect(await notices.look(about)).toMatchObject({
        type: 'Charge',
        idempotencyKey: request.idempotencyKey,
        result: { type: 'ActionRequired' },
      });
  });

  it('of another payment of the account changes nothing', async () => {
    const id = fake.controls.foreign({ amount: 2_100, currency: 'eur', paymentMethod: 'pm_card_visa' });
    const before = await db.selectFrom('write.task').selectAll().execute();
    expect(await receive(event('payment_intent.succeeded', { id }))).toBe('Taken');
    expect(await receive(event('charge.dispute.created', { id: 'dp_1', payment_intent: id }))).toBe('Taken');
    expect(await receive(event('charge.dispute.created', { id: 'dp_2', payment_intent: null }))).toBe('Taken');
    expect(await db.selectFrom('write.task').selectAll().execute()).toEqual(before);
    expect(await rowsOf(id)).toEqual([{ type: 'payment_intent.succeeded', order_id: null }]);
    expect(await notices.look({ kind: 'intent', id, intentId: id })).toEqual({ type: 'Nothing' });
  });

  it('of what nobody asked to hear of is taken, and not kept', async () => {
    expect(await receive(event('invoice.paid', { id: 'in_1' }))).toBe('Taken');
    expect(await rowsOf('in_1')).toEqual([]);
  });

  it('of a dispute is looked up as it stands', async () => {
    const request = await charged();
    const paymentIntent = intentOf(request);
    const dispute = fake.controls.openDispute({ paymentIntent, reason: 'product_not_received' }) ?? '';
    const body = event('charge.dispute.created', { id: dispute, payment_intent: { id: paymentIntent } });
    await receive(event('charge.dispute.created', { id: dispute, payment_intent: paymentIntent }));
    expect(await receive(body)).toBe('Taken');
    const [about = {}] = await tasksOf(request);
    const found = { disputeId: dispute, paymentId: paymentIntent, amount: '21.00', currency: 'EUR' };
    expect(await notices.look(about)).toEqual({
      type: 'Dispute',
      dispute: { ...found, reason: 'PRODUCT_NOT_RECEIVED', status: 'OPEN' },
    });
    fake.controls.closeDispute({ dispute, status: 'won' });
    expect(await notices.look(about)).toMatchObject({ dispute: { status: 'WON' } });
  });

  it('of a refund that has failed is told to operators', async () => {
    const request = await charged('pm_card_refundFail');
    const paymentId = intentOf(request);
    const { orderId } = request;
    await provider.refund({
      idempotencyKey: `refund:${paymentId}`,
      orderId,
      paymentId,
      amount: '21.00',
      currency: 'EUR',
    });
    await expect.poll(() => booksOf(atWork, request)[0]?.failedRefunds).toBe(1);
    const { data } = (await (
      await fetch(`${fake.url}/v1/refunds?payment_intent=${paymentId}`, {
        headers: { authorization: `Bearer ${fake.secretKey}` },
      })
    ).json()) as { readonly data: readonly { readonly id: string }[] };
    await receive(event('refund.failed', { id: data[0]?.id, payment_intent: paymentId }));
    const [about = {}] = await tasksOf(request);
    expect(await notices.look(about)).toEqual({ type: 'Nothing' });
    expect(told.some((line) => line.includes('a refund has failed') && line.includes(paymentId))).toBe(true);
  });
});

describe('the signature of a notice', () => {
  const body = event('payment_intent.succeeded', { id: 'pi_x' });

  it('may be by any secret that is known', async () => {
    expect(await receive(body, signed(body, { secret: FORMER }))).toBe('Taken');
    const both = `${signed(body, { secret: 'whsec_new' })},${signed(body).split(',')[1]}`;
    expect(await receive(body, both)).toBe('Taken');
  });

  it.each([
    ['of another secret', signed(body, { secret: 'whsec_other' })],
    ['of another body', signed(`${body} `)],
    ['that is too old', signed(body, { atSeconds: seconds() - 301 })],
    ['of another time than it says', signed(body).replace(/t=\d+/, `t=${seconds() - 1}`)],
    ['of no known scheme', signed(body).replace('v1=', 'v0=')],
    ['that is none', 'nonsense'],
    ['without a value', 't=,v1='],
    ['whose scheme has no value', `t=${seconds()},v1`],
    ['of which one has no value', `${signed(body, { secret: 'whsec_other' })},v1=`],
    ['that is empty', ''],
    ['that is missing', undefined],
  ])('%s is refused, and nothing is written down', async (_name, signature) => {
    const other = body.replace('pi_x', 'pi_never');
    const sent = { body: Buffer.from(body), header: () => signature };
    expect(await notices.receive(sent)).toBe('NotSigned');
    expect(await notices.receive({ ...sent, body: Buffer.from(other) })).toBe('NotSigned');
    expect(await rowsOf('pi_never')).toEqual([]);
  });

  it.each(['', 'x', '[]', 'null', '{}', '{"id":"evt_1"}', '{"id":"evt_1","type":"a","data":{"object":null}}'])(
    'of what is no event is refused: %j',
    async (text) => expect(await receive(text)).toMatch(/Unreadable|NotSigned/),
  );
});
