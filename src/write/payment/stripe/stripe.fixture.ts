import { afterAll } from 'vitest';
import { openFakeStripe } from '../../../../harness/stripe/index.ts';
import { testDatabase } from '../../../../harness/support/servers.ts';
import { type Db, migrate, openDatabase } from '../../../database/index.ts';
import { newId } from '../../../events/index.ts';
import type { Logger, StripeSettings } from '../../../platform/index.ts';
import type { ChargeRequest, Notices, PaymentProvider } from '../provider.ts';
import { openStripe } from './index.ts';

export const SECRET = 'whsec_of_the_test';

/** The adapter on a database and at a Stripe of the calling file's own. */
export interface StripeAtWork {
  readonly db: Db;
  readonly fake: Awaited<ReturnType<typeof openFakeStripe>>;
  readonly provider: PaymentProvider;
  readonly notices: Notices;
  /** What operators were told, and what they were warned of. */
  readonly told: string[];
  readonly warned: string[];
  /** The adapter of another process. */
  readonly other: (settings?: Partial<StripeSettings>) => PaymentProvider;
}

const silent = (): void => {};

const keepIn =
  (lines: string[]) =>
  (...given: readonly unknown[]): void =>
    void lines.push(JSON.stringify(given));

/** Keeps what is said at the levels error and warn. */
const listening = ({ told, warned }: Pick<StripeAtWork, 'told' | 'warned'>): Logger =>
  ({ error: keepIn(told), warn: keepIn(warned), info: silent, debug: silent }) as Partial<Logger> as Logger;

export const stripeAtWork = async (webhookSecrets: readonly string[] = [SECRET]): Promise<StripeAtWork> => {
  const opened = new AsyncDisposableStack();
  afterAll(() => opened.disposeAsync());
  const { url } = opened.use(await testDatabase());
  const { db } = opened.use(openDatabase({ url, name: 'stripe test', maxConnections: 4 }));
  await migrate(db);
  const fake = opened.use(await openFakeStripe({ bankMs: 20, slowMs: 300, hangMs: 60_000 }));
  const said = { told: [] as string[], warned: [] as string[] };
  const settings: StripeSettings = { secretKey: fake.secretKey, webhookSecrets, apiBase: fake.url };
  const other = (given: Partial<StripeSettings> = {}): PaymentProvider =>
    openStripe({
      db,
      tell: async () => {},
      logger: listening(said),
      settings: { stripe: { ...settings, ...given } },
    });
  const provider = other();
  if (provider.notices === undefined) throw new Error('Stripe calls back');
  return { db, fake, provider, notices: provider.notices, ...said, other };
};

export const requestOf = (paymentMethod = 'pm_card_visa', rest: Partial<ChargeRequest> = {}): ChargeRequest => {
  const orderId = newId('Order');
  return { idempotencyKey: `${orderId}:1`, orderId, amount: '21.00', currency: 'EUR', paymentMethod, ...rest };
};

/** What Stripe's books say of an order. */
export const booksOf = ({ fake }: StripeAtWork, { orderId }: Pick<ChargeRequest, 'orderId'>) =>
  fake.controls.books().filter(({ metadata }) => metadata['order_id'] === orderId);

/** What was taken for it, and what of that was given back. */
export const takenFor = (atWork: StripeAtWork, request: Pick<ChargeRequest, 'orderId'>): readonly [number, number] => {
  const books = booksOf(atWork, request);
  const sum = (of: 'charged' | 'refunded'): number => books.reduce((total, each) => total + each[of], 0);
  return [sum('charged'), sum('refunded')];
};
