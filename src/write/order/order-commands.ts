import { err } from '../../platform/index.ts';
import { type Answered, answerWithOrder, type CommandParts, runOnOrder } from '../answer.ts';
import type { CommandContext } from '../context.ts';
import { methodProblem } from '../payment/provider.ts';
import type { OrderSnapshot } from '../snapshots.ts';
import { cancelOrder, payOrder } from './decide.ts';

export interface PayOrder {
  readonly orderId: string;
  readonly paymentMethod: string;
}

export interface CancelOrder {
  readonly orderId: string;
  readonly reason: string | null;
}

export interface OrderCommands {
  /** The order is charged as soon as its stock is reserved. */
  payOrder(command: PayOrder, context: CommandContext): Answered<OrderSnapshot>;
  cancelOrder(command: CancelOrder, context: CommandContext): Answered<OrderSnapshot>;
}

export const openOrderCommands = (parts: CommandParts): OrderCommands => ({
  payOrder: async (command, context) => {
    const { orderId, paymentMethod } = command;
    const problem = methodProblem(parts.provider, paymentMethod);
    if (problem !== null) return err(problem);
    const decide = (order: Parameters<typeof payOrder>[0]) => payOrder(order, paymentMethod, context);
    const request = { id: orderId, name: 'payOrder', input: { ...command }, context, decide };
    return answerWithOrder(parts, await runOnOrder(parts, request));
  },
  cancelOrder: async (command, context) => {
    const { orderId, reason } = command;
    const decide = (order: Parameters<typeof cancelOrder>[0]) => cancelOrder(order, reason, context);
    const request = { id: orderId, name: 'cancelOrder', input: { ...command }, context, decide };
    return answerWithOrder(parts, await runOnOrder(parts, request));
  },
});
