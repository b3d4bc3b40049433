import { type Admitted, admit, type CommandContext, type CommandInput } from '../../commands/index.ts';
import { type DataOf, type Json, newId, parseId, type Rejection } from '../../events/index.ts';
import { err, ok } from '../../platform/index.ts';
import type { StockOf } from '../catalogue/stock-of.ts';
import type { Loaded } from '../execution/aggregate.ts';
import type { Commander } from '../execution/commander.ts';
import { type Answered, type Execute, runCommand, showAnswer } from '../execution/run-command.ts';
import type { Answer } from '../execution/stored-result.ts';
import { SHOWN_ORDER } from '../order/order-snapshot.ts';
import { asOwner } from '../visit/reach-on.ts';
import { type Cart, type CreateCart, cartAggregate } from './cart.ts';
import { type CartSnapshot, SHOWN_CART } from './cart-snapshot.ts';
import { offeredProduct } from './offered-product.ts';
import { changesOf, type LineChange, type LineToday, reorder } from './reorder.ts';

/** A cart with what an order had, and what is not as it was. */
export interface Reordered {
  readonly cart: CartSnapshot;
  readonly changes: readonly LineChange[];
}

export interface ReorderCommands {
  /** A new cart each time, unless it is the same command by its key. */
  reorder(command: CommandInput<'reorder'>, context: CommandContext): Answered<Reordered>;
}

type Parts = Execute & { readonly stockOf: StockOf };
type Ordered = DataOf<'OrderCreated'>;
type Line = Ordered['lines'][number];

const lineToday = async (parts: Parts, line: Line, { currency }: Ordered): Promise<LineToday> => {
  const id = parseId('Product', line.productId);
  if (id === null) return { line, currency, offered: null, available: null };
  const [offered, stock] = await Promise.all([offeredProduct(parts, id), parts.stockOf(id)]);
  return { line, currency, offered, available: stock?.available ?? null };
};

/** The order, if it is the commander's. */
const orderOf = async ({ aggregates }: Parts, { input, reach }: Admitted<'reorder'>): Promise<Ordered | null> => {
  const { state } = await aggregates.loadReached(SHOWN_ORDER.aggregate, input.orderId, reach);
  return state.created?.data ?? null;
};

/** Whose the new cart is: of a customer who comes in a visitor's stead it is the customer's. */
const ownerOf = ({ customerId, sessionId, currency }: Ordered, by: Pick<Commander, 'inNameOf'>): CreateCart =>
  by.inNameOf === undefined
    ? { customerId, sessionId, currency }
    : { customerId: by.inNameOf, sessionId: null, currency };

const SHOWN_REORDERED = {
  aggregate: cartAggregate,
  snapshot: (loaded: Loaded<Cart>, beside?: Answer['beside']): Reordered | null => {
    const cart = SHOWN_CART.snapshot(loaded);
    return cart && { cart, changes: (beside ?? []) as readonly LineChange[] };
  },
};

const noSuchOrder = (id: string): Rejection => ({
  code: 'NOT_FOUND',
  message: `There is no order ${id}.`,
  path: ['orderId'],
});

export const openReorderCommands = (parts: Parts): ReorderCommands => ({
  reorder: async (given, context) => {
    const admitted = admit('reorder', given, context);
    if (!admitted.ok) return admitted;
    const { orderId } = admitted.value.input;
    const by = await asOwner(parts, SHOWN_ORDER, { command: admitted.value, id: orderId });
    const order = await orderOf(parts, by);
    const lines = order === null ? [] : await Promise.all(order.lines.map((line) => lineToday(parts, line, order)));
    const answer = await runCommand(parts, {
      aggregate: cartAggregate,
      command: admitted.value,
      id: newId('Cart'),
      isNew: true,
      decide: () => (order === null ? err(noSuchOrder(orderId)) : ok(reorder(ownerOf(order, by), lines))),
      beside: async (): Promise<Json> => lines.flatMap(changesOf),
    });
    return showAnswer(parts, SHOWN_REORDERED, answer);
  },
});
