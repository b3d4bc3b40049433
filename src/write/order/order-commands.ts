import { admit, type CommandContext, type CommandInput } from '../../commands/index.ts';
import { err } from '../../platform/index.ts';
import { type Answered, type Execute, runOwned, showAnswer } from '../execution/run-command.ts';
import { methodOf, type PaymentProvider } from '../payment/provider.ts';
import { asOwner } from '../visit/reach-on.ts';
import { cancelOrder, payOrder } from './decide.ts';
import { orderAggregate } from './order.ts';
import { type OrderSnapshot, SHOWN_ORDER } from './order-snapshot.ts';

export interface OrderCommands {
  /** The order is charged as soon as its stock is reserved. */
  payOrder(command: CommandInput<'payOrder'>, context: CommandContext): Answered<OrderSnapshot>;
  cancelOrder(command: CommandInput<'cancelOrder'>, context: CommandContext): Answered<OrderSnapshot>;
}

type Parts = Execute & { readonly provider: PaymentProvider };
type LoadedOrder = Parameters<typeof payOrder>[0];

const openPayOrder =
  (parts: Parts): OrderCommands['payOrder'] =>
  async (given, context) => {
    const command = admit('payOrder', given, context);
    if (!command.ok) return command;
    const { orderId, paymentMethod, reason } = command.value.input;
    const method = await methodOf(parts.provider, paymentMethod);
    if (!method.ok) return err(method.error);
    const by = await asOwner(parts, SHOWN_ORDER, { command: command.value, id: orderId });
    const decide = (order: LoadedOrder) => payOrder(order, { method: method.value, reason }, by);
    const work = { aggregate: orderAggregate, command: command.value, id: orderId, decide };
    return showAnswer(parts, SHOWN_ORDER, await runOwned(parts, work));
  };

const openCancelOrder =
  (parts: Parts): OrderCommands['cancelOrder'] =>
  async (given, context) => {
    const command = admit('cancelOrder', given, context);
    if (!command.ok) return command;
    const { orderId, reason } = command.value.input;
    const by = await asOwner(parts, SHOWN_ORDER, { command: command.value, id: orderId });
    const decide = (order: LoadedOrder) => cancelOrder(order, reason, by);
    const work = { aggregate: orderAggregate, command: command.value, id: orderId, decide };
    return showAnswer(parts, SHOWN_ORDER, await runOwned(parts, work));
  };

export const openOrderCommands = (parts: Parts): OrderCommands => ({
  payOrder: openPayOrder(parts),
  cancelOrder: openCancelOrder(parts),
});
