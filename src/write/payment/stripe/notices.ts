import { Stripe } from 'stripe';
import { type Db, orUnavailable, statement } from '../../../database/index.ts';
import { assertNever } from '../../../platform/index.ts';
import { TASK_OF_NOTICE } from '../../tasks/task-of-notice.ts';
import type { Learned, Notices, PaymentProvider, Receipt, Sent } from '../provider.ts';
import { disputeOf } from './disputes.ts';
import type { StripeParts } from './parts.ts';
import { hasFailed } from './refunds.ts';

const NAME = 'stripe';
const SIGNATURE = 'stripe-signature';
const TOLERANCE_SECONDS = 300;

/** What a notice is about. That alone is kept of it: how it stands is asked, and the rest may name payment methods. */
interface Subject {
  readonly kind: 'intent' | 'dispute' | 'refund';
  readonly id: string;
  readonly intentId: string;
}

const KINDS: Readonly<Partial<Record<string, Subject['kind']>>> = {
  'payment_intent.succeeded': 'intent',
  'payment_intent.payment_failed': 'intent',
  'payment_intent.canceled': 'intent',
  'payment_intent.processing': 'intent',
  'payment_intent.requires_action': 'intent',
  'charge.dispute.created': 'dispute',
  'charge.dispute.updated': 'dispute',
  'charge.dispute.closed': 'dispute',
  'refund.failed': 'refund',
  'refund.updated': 'refund',
};

interface About {
  readonly id?: unknown;
  readonly payment_intent?: unknown;
}

/** What is read of an event. */
interface Told {
  readonly id: string;
  readonly type: string;
  readonly data: { readonly object: About };
}

const isId = (value: unknown): value is string => typeof value === 'string' && /^\w{1,200}$/.test(value);

/** Null for what changes nothing here. */
const subjectOf = ({ type, data }: Told): Subject | null => {
  const kind = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
  const { id, payment_intent: payment } = data.object;
  const intentId = kind === 'intent' ? id : payment;
  return kind === undefined || !isId(id) || !isId(intentId) ? null : { kind, id, intentId };
};

// Once for each event, with the task that follows from it; what is old is left to be forgotten, a few at a time.
const TAKE = statement(`
  with mine as (select order_id from write.stripe_charge where payment_intent_id = $4),
  forgotten as (
    delete from write.payment_notice where (provider, notice_id) in (
      select provider, notice_id from write.payment_notice
      where received_at < now() - interval '30 days' order by received_at limit 10 for update skip locked)),
  taken as (
    insert into write.payment_notice (provider, notice_id, type, about, order_id)
    values ('${NAME}', $1, $2, $3, (select order_id from mine))
    on conflict do nothing returning order_id)
  insert into write.task (order_id, kind, due_at, payload)
  select order_id, $5, now(), $6::json from taken where order_id is not null
  on conflict do nothing`);

const take = orUnavailable(async (db: Db, { id, type }: Told, subject: Subject): Promise<void> => {
  const { id: about, intentId } = subject;
  await TAKE(db, [id, type, about, intentId, TASK_OF_NOTICE + id, JSON.stringify(subject)]);
});

/** A name and a value each: on a signature without one, Stripe's library throws as on a defect of ours. */
const SIGNATURE_FORM = /^\w+=\w+(?:,\w+=\w+)*$/;

const isSigned = ({ body, header }: Sent, secret: string): boolean => {
  const given = header(SIGNATURE) ?? '';
  if (!SIGNATURE_FORM.test(given)) return false;
  try {
    return Stripe.webhooks.signature?.verifyHeader(body, given, secret, TOLERANCE_SECONDS) === true;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError) return false;
    throw error;
  }
};

const isEvent = (event: Partial<Told> | null): event is Told =>
  isId(event?.id) && typeof event?.type === 'string' && Object(event.data?.object) === event.data?.object;

const eventIn = (body: Buffer): Told | null => {
  try {
    const event = JSON.parse(body.toString()) as Partial<Told> | null;
    return isEvent(event) ? event : null;
  } catch {
    return null;
  }
};

interface Receiving {
  readonly db: Db;
  readonly webhookSecrets: readonly string[];
}

const receive = async ({ db, webhookSecrets }: Receiving, sent: Sent): Promise<Receipt> => {
  if (!webhookSecrets.some((secret) => isSigned(sent, secret))) return 'NotSigned';
  const event = eventIn(sent.body);
  if (event === null) return 'Unreadable';
  const subject = subjectOf(event);
  if (subject !== null) await take(db, event, subject);
  return 'Taken';
};

const NOTHING: Learned = { type: 'Nothing' };

const lookAtRefund = async ({ stripe, line, logger }: StripeParts, { id, intentId }: Subject): Promise<Learned> => {
  const refund = await line.ask(() => stripe.refunds.retrieve(id));
  const { failure_reason: why } = refund;
  if (hasFailed(refund))
    logger.error({ paymentId: intentId, refundId: id, why }, 'a refund has failed: give it back by hand, in Stripe');
  return NOTHING;
};

type Asking = Pick<PaymentProvider, 'status'>;

const look = async (parts: StripeParts, { status }: Asking, subject: Subject): Promise<Learned> => {
  switch (subject.kind) {
    case 'intent': {
      const charge = await parts.book.findByIntent(subject.id);
      if (charge === null) return NOTHING;
      const { idempotencyKey } = charge;
      return { type: 'Charge', idempotencyKey, result: await status(idempotencyKey) };
    }
    case 'dispute':
      return disputeOf(await parts.line.ask(() => parts.stripe.disputes.retrieve(subject.id)), subject.intentId);
    case 'refund':
      return lookAtRefund(parts, subject);
  }
  return assertNever(subject.kind);
};

/** What Stripe sends to `/webhooks/stripe`. */
export const openNotices = (parts: StripeParts, intents: Asking, receiving: Receiving): Notices => ({
  name: NAME,
  receive: (sent) => receive(receiving, sent),
  look: (about) => look(parts, intents, about as Subject & typeof about),
});
