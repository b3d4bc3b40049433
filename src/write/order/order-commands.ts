import { admit, type CommandContext, type CommandInput } from '../../commands/index.ts';
import { err } from '../../platform/index.ts';
import { type Answered, answerWithOrder, type CommandParts, runOnOrder } from '../answer.ts';
import { methodProblem } from '../payment/provider.ts';
import type { OrderSnapshot } from '../snapshots.ts';
import { cancelOrder, payOrder } from './decide.ts';

export interface OrderCommands {
  /** The order is charged as soon as its stock is reserved. */
  payOrder(command: CommandInput<'payOrder'>, context: CommandContext): Answered<OrderSnapshot>;
  cancelOrder(command: CommandInput<'cancelOrder'>, context: CommandContext): Answered<OrderSnapshot>;
}

type LoadedOrder = Parameters<typeof payOrder>[0];

const openPayOrder =
  (parts: CommandParts): OrderCommands['payOrder'] =>
  async (given, context) => {
    const command = admit('payOrder', given, context);
    if (!command.ok) return command;
    const { orderId, paymentMethod } = command.value.input;
    const problem = methodProblem(parts.provider, paymentMethod);
    if (problem !== null) return err(problem);
    const decide = (order: LoadedOrder) => payOrder(order, paymentMethod, command.value);
    return answerWithOrder(parts, await runOnOrder(parts, { command: command.value, id: orderId, decide }));
  };

const openCancelOrder =
  (parts: CommandParts): OrderCommands['cancelOrder'] =>
  async (given, context) => {
    const command = admit('cancelOrder', given, context);
    if (!command.ok) return command;
    const { orderId, reason } = command.value.input;
    const decide = (order: LoadedOrder) => cancelOrder(order, reason, command.value);
    return answerWithOrder(parts, await runOnOrder(parts, { command: command.value, id: orderId, decide }));
  };

export const openOrderCommands = (parts: CommandParts): OrderCommands => ({
  payOrder: openPayOrder(parts),
  cancelOrder: openCancelOrder(parts),
});
