import { openServers, type PanierProcess, startPanier } from '../bench/stage/index.ts';
import { type FakeStripe, openFakeStripe } from '../stripe/index.ts';
import type { Options } from './options.ts';
import type { Panier } from './shop/ask.ts';
import { stockProducts } from './shop/products.ts';

/** A panier with servers of its own, paid by a fake Stripe over HTTP. */
export interface Stage extends AsyncDisposable {
  readonly panier: Panier;
  readonly stripe: FakeStripe;
  /** Kills panier as it stands, and starts it again. */
  readonly crash: () => Promise<void>;
}

const WEBHOOK_SECRET = 'whsec_of_the_proof';

/** Those that docs/payments.md tells an operator to select. */
const EVENTS = [
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'payment_intent.canceled',
  'payment_intent.processing',
  'payment_intent.requires_action',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.closed',
  'refund.failed',
  'refund.updated',
];

const environmentOf = ({ url, secretKey }: FakeStripe, { reservationSeconds }: Options) => ({
  PANIER_PAYMENT_PROVIDER: 'stripe',
  STRIPE_SECRET_KEY: secretKey,
  STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
  STRIPE_API_BASE: url,
  PANIER_RESERVATION_SECONDS: String(reservationSeconds),
  PANIER_CHARGE_GRACE_SECONDS: String(reservationSeconds),
  PANIER_CHARGE_BACKOFF_MS: '100',
});

/** One process at a time: the next one has another address, which Stripe is told. */
const openProcess = async (stripe: FakeStripe, environment: Readonly<Record<string, string>>) => {
  const panier: Panier = { url: '', repeated: 0 };
  let running: PanierProcess | null = null;
  const stop = async (): Promise<void> => running?.[Symbol.asyncDispose]();
  const begin = async (): Promise<void> => {
    running = await startPanier({ environment });
    panier.url = running.url;
    const url = new URL('/webhooks/stripe', running.url).href;
    stripe.controls.listenAt({ url, secrets: [WEBHOOK_SECRET], events: EVENTS });
  };
  const crash = async (): Promise<void> => {
    if (running !== null) process.kill(running.pid, 'SIGKILL');
    await stop();
    await begin();
  };
  await begin();
  return { panier, crash, [Symbol.asyncDispose]: stop };
};

export const openStage = async (options: Options): Promise<Stage> => {
  await using opening = new AsyncDisposableStack();
  const stripe = opening.use(await openFakeStripe({ seed: options.seed, slowMs: 2_000, hangMs: 30_000 }));
  const servers = opening.use(await openServers());
  const urls = { DATABASE_URL: servers.databaseUrl, REDIS_URL: servers.redisUrl };
  const process = opening.use(await openProcess(stripe, { ...urls, ...environmentOf(stripe, options) }));
  await stockProducts(process.panier);
  const opened = opening.move();
  const { panier, crash } = process;
  return { panier, stripe, crash, [Symbol.asyncDispose]: () => opened.disposeAsync() };
};
