import { expect, it } from 'vitest';
import { SCOPES, type Scope, type Viewer } from '../../access/index.ts';
import { ORDER_ID, orderEvents } from '../testing/memory-events.ts';
import { memoryModules } from '../testing/memory-modules.ts';
import { customer, run } from '../testing/run.ts';

const serviceWith = (...scopes: readonly Scope[]): Viewer => ({
  kind: 'Service',
  subject: 's',
  scopes: new Set(scopes),
});

const document = `{ order(id: "${ORDER_ID}") { payment { status nextAction { clientSecret } } } }`;

/** An order of ada's, whose charge waits for what she does. */
const waitingForAda = () => {
  const write = { nextAction: async () => ({ type: 'Confirm', clientSecret: 'secret' }) as const };
  const modules = memoryModules({ write });
  const { created, reserved, requested } = orderEvents('ada');
  const pending = { type: 'PaymentPending', data: { orderId: ORDER_ID, waitsFor: 'CUSTOMER' } } as const;
  modules.append(ORDER_ID, created, reserved, requested, pending);
  return modules;
};

const shownTo = async (viewer: Viewer): Promise<unknown> =>
  (await run(waitingForAda(), { document, viewer })).data?.['order'];

const payment = (nextAction: unknown) => ({ payment: { status: 'ACTION_REQUIRED', nextAction } });

it('what lets somebody act for the customer is shown to who may change the order', async () => {
  for (const viewer of [customer('ada'), serviceWith(...SCOPES)])
    expect(await shownTo(viewer)).toEqual(payment({ clientSecret: 'secret' }));
});

it('and to nobody who may only read it', async () => {
  expect(await shownTo(serviceWith('orders:read'))).toEqual(payment(null));
});
