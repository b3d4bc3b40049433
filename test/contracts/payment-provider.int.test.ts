import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { Actor } from '../../harness/simulation/engine/actor.ts';
import { memoryProvider } from '../../harness/simulation/memory/provider.ts';
import { openFakeStripe } from '../../harness/stripe/index.ts';
import { testDatabase } from '../../harness/support/servers.ts';
import { type Db, migrate, openDatabase } from '../../src/database/index.ts';
import type { JsonObject } from '../../src/events/index.ts';
import { openLogger } from '../../src/platform/index.ts';
import {
  authenticateSimulated,
  openSimulatedProvider,
  type PaymentProvider,
  paymentProviderOf,
  type Tell,
} from '../../src/write/index.ts';
import { openMemoryStage } from './memory-stage.ts';
import { describePaymentProvider, type ProviderAtWork } from './payment-provider.contract.ts';

const METHODS = {
  paid: 'pm_card_visa',
  declined: 'pm_card_chargeDeclined',
  pending: 'pm_pending',
  action: 'pm_card_authenticationRequired',
} as const;

type Act = ProviderAtWork['act'];

const secretOf = (charge: Parameters<Act>[0]): string => {
  if (charge.type !== 'ActionRequired' || charge.nextAction.type !== 'Confirm') throw new Error('nothing to confirm');
  return charge.nextAction.clientSecret;
};

const openSimulated = async (): Promise<ProviderAtWork> => {
  await using opening = new AsyncDisposableStack();
  const { url } = opening.use(await testDatabase());
  const { db } = opening.use(openDatabase({ url, name: 'provider contract', maxConnections: 4 }));
  await migrate(db);
  const opened = opening.move();
  return {
    open: (tell) => openSimulatedProvider({ db, tell }),
    methods: METHODS,
    isRefunded: async (paymentId) => {
      const query = db.selectFrom('write.simulated_charge').select('refunded').where('payment_id', '=', paymentId);
      return (await query.executeTakeFirstOrThrow()).refunded;
    },
    act: async (charge, isRefused) => {
      if (!(await authenticateSimulated(db, secretOf(charge), isRefused))) throw new Error('nothing waits');
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};

const openMemory = async (): Promise<ProviderAtWork> => {
  const stage = openMemoryStage();
  const { provider: ledger, scheduler } = stage.world;
  return {
    open: (tell) => memoryProvider(ledger, { actor: new Actor('process'), scheduler, fault: () => null, tell }),
    methods: METHODS,
    isRefunded: async (paymentId) =>
      [...ledger.charges.values()].some((charge) => charge.paymentId === paymentId && charge.isRefunded),
    act: async (charge, isRefused) => void ledger.end(secretOf(charge), isRefused ? 'Declined' : 'Succeeded'),
    [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose](),
  };
};

const WEBHOOK_SECRET = 'whsec_of_the_contract';

/** What the write side does with the tasks that notices leave behind. */
const heed = async (db: Db, { notices }: PaymentProvider, tell: Tell): Promise<void> => {
  const taken = db.deleteFrom('write.task').where('kind', 'like', 'notice:%').returning('payload');
  for (const { payload } of await taken.execute()) {
    const learned = await notices?.look(payload as JsonObject);
    if (learned?.type === 'Charge') await tell(learned);
  }
};

/** Where Stripe calls: every process of those that are open hears of it. */
const openEntrance = (db: Db) => {
  const opened: { readonly provider: PaymentProvider; readonly tell: Tell }[] = [];
  const take = async (body: string, signature: string | undefined): Promise<void> => {
    const [first] = opened;
    await first?.provider.notices?.receive({ body: Buffer.from(body), header: () => signature });
    if (first !== undefined) await heed(db, first.provider, first.tell);
  };
  const server = createServer((request, response) => {
    void text(request)
      .then((body) => take(body, String(request.headers['stripe-signature'])))
      .then(() => response.end())
      .catch(() => response.writeHead(500).end());
  });
  return { opened, server };
};

const openStripe = async (): Promise<ProviderAtWork> => {
  await using opening = new AsyncDisposableStack();
  const { url } = opening.use(await testDatabase());
  const { db } = opening.use(openDatabase({ url, name: 'stripe contract', maxConnections: 4 }));
  await migrate(db);
  const fake = opening.use(await openFakeStripe({ bankMs: 50 }));
  const { opened, server } = openEntrance(db);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opening.defer(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const { port } = server.address() as { readonly port: number };
  fake.controls.listenAt({ url: `http://127.0.0.1:${port}/webhooks/stripe`, secrets: [WEBHOOK_SECRET] });
  const open = await paymentProviderOf('stripe');
  if (open === null) throw new Error('there is one');
  const stripe = { secretKey: fake.secretKey, webhookSecrets: [WEBHOOK_SECRET], apiBase: fake.url };
  const closing = opening.move();
  return {
    open: (tell) => {
      const provider = open({ db, tell, logger: openLogger('silent'), settings: { stripe } });
      opened.push({ provider, tell });
      return provider;
    },
    methods: { ...METHODS, pending: 'pm_success_sepaDebit' },
    isRefunded: async (paymentId) =>
      fake.controls.books().some((each) => each.paymentIntent === paymentId && each.refunded === each.charged),
    act: async (charge, isRefused) => {
      if (!fake.controls.act({ clientSecret: secretOf(charge), isRefused })) throw new Error('nothing waits');
    },
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
};

describePaymentProvider('simulated in PostgreSQL', openSimulated);
describePaymentProvider('of the simulation', openMemory);
describePaymentProvider('Stripe', openStripe);
