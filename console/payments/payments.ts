import type { PaymentEventFragment } from '../../ui/generated/operations.ts';

export type PaymentEvent = PaymentEventFragment;

export interface PaymentMoney {
  readonly amount: string;
  readonly currency: string;
}

interface Dispute {
  readonly id: string;
  readonly status: string;
  readonly reason: string;
}

/** What the events say of an order's payment; null: they do not say. */
export interface Payment {
  readonly orderId: string;
  readonly money: PaymentMoney | null;
  readonly method: string | null;
  readonly attempt: number | null;
  readonly paymentId: string | null;
  /** Who said what was said last; null where nothing that was said is at hand. */
  readonly saidBy: string | null;
  readonly lastType: string | null;
  readonly lastAt: string;
  /** In the words of whoever refused it, or gave it back. */
  readonly reason: string | null;
  /** By their ids, each as it stands. */
  readonly disputes: readonly Dispute[];
}

type Data = Readonly<Record<string, unknown>>;

const dataOf = ({ data }: PaymentEvent): Data => (typeof data === 'object' && data !== null ? (data as Data) : {});

const textIn = (data: Data, name: string): string | null => {
  const value = data[name];
  return typeof value === 'string' && value !== '' ? value : null;
};

const moneyIn = (data: Data): PaymentMoney | null => {
  const [amount, currency] = [textIn(data, 'amount'), textIn(data, 'currency')];
  return amount === null || currency === null ? null : { amount, currency };
};

const reasonIn = (data: Data): string | null => {
  const words = [textIn(data, 'message'), textIn(data, 'reason')].filter((each) => each !== null);
  return words[0] ?? null;
};

const begun = (event: PaymentEvent): Payment => ({
  orderId: event.correlationId,
  money: null,
  method: null,
  attempt: null,
  paymentId: null,
  saidBy: event.producerInstance,
  lastType: event.type,
  lastAt: event.occurredAt,
  reason: null,
  disputes: [],
});

const disputed = (payment: Payment, data: Data): Payment => {
  const id = textIn(data, 'dispute_id') ?? '';
  const dispute = { id, status: textIn(data, 'status') ?? '', reason: textIn(data, 'reason') ?? '' };
  return { ...payment, disputes: [...payment.disputes.filter((each) => each.id !== id), dispute] };
};

const withEvent = (before: Payment, event: PaymentEvent): Payment => {
  const data = dataOf(event);
  const attempt = data['attempt'];
  const payment: Payment = {
    ...before,
    method: textIn(data, 'method_kind') ?? before.method,
    attempt: typeof attempt === 'number' ? attempt : before.attempt,
    paymentId: textIn(data, 'payment_id') ?? before.paymentId,
    saidBy: event.producerInstance,
    lastType: event.type,
    lastAt: event.occurredAt,
  };
  // A dispute changes nothing of how the payment ended.
  if (event.type === 'PaymentDisputed') return disputed(payment, data);
  return { ...payment, money: moneyIn(data) ?? before.money, reason: reasonIn(data) };
};

/** The payments that the events tell of, those of which something was said last first. Events in the order of the store. */
export const paymentsOf = (events: readonly PaymentEvent[]): readonly Payment[] => {
  const payments = new Map<string, Payment>();
  for (const event of events) {
    const payment = withEvent(payments.get(event.correlationId) ?? begun(event), event);
    // Taken out and put in again, it stands at the end.
    payments.delete(event.correlationId);
    payments.set(event.correlationId, payment);
  }
  return [...payments.values()].toReversed();
};
