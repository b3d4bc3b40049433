import { parseId, paymentStatusOf } from '../../events/index.ts';
import type { Execute } from '../execution/run-command.ts';
import { askNow, type NextAction, type PaymentProvider } from '../payment/provider.ts';
import { chargeKeyOf } from './charges.ts';
import { orderAggregate } from './order.ts';

/**
 * What the customer of an order has to do next for its payment; null when nothing. Asked of the provider each time: whoever
 * has it may act for the customer, so it is kept nowhere. @throws {Unavailable}
 */
export const openNextAction =
  ({ aggregates, provider }: Pick<Execute, 'aggregates'> & { readonly provider: PaymentProvider }) =>
  async (orderId: string): Promise<NextAction | null> => {
    const id = parseId('Order', orderId);
    if (id === null) return null;
    const { state } = await aggregates.load(orderAggregate, id, { maxAgeMs: 0 });
    if (state.paymentRequested === null || paymentStatusOf(state) !== 'ACTION_REQUIRED') return null;
    const result = await askNow(provider.status(chargeKeyOf(state.paymentRequested.data)));
    return result.type === 'ActionRequired' ? result.nextAction : null;
  };
