import { Actor } from '../../harness/simulation/engine/actor.ts';
import { memoryProvider } from '../../harness/simulation/memory/provider.ts';
import { testDatabase } from '../../harness/support/servers.ts';
import { migrate, openDatabase } from '../../src/database/index.ts';
import { authenticateSimulated, openSimulatedProvider } from '../../src/write/index.ts';
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

describePaymentProvider('simulated in PostgreSQL', openSimulated);
describePaymentProvider('of the simulation', openMemory);
