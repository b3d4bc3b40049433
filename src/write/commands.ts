import { err, ok, type Result } from '../platform/index.ts';
import { type Json, newId, isCurrency, type OrderFacts, type Rejection } from '../events/index.ts';
import type { Aggregate, Decision, Loaded } from './aggregate.ts';
import type { Aggregates } from './aggregates.ts';
import {
  addItem,
  badQuantity,
  type Cart,
  cartAggregate,
  checkOut,
  type CreateCart,
  createCart,
  openFor,
  removeItem,
  setQuantity,
} from './cart/cart.ts';
import { type Product, productAggregate, type UpsertProduct, upsertProduct } from './catalogue/product.ts';
import type { CommandContext } from './context.ts';
import { type Answer, type Execution, type Executor, NEWEST } from './executor.ts';
import { cancelOrder, payOrder } from './order/commands.ts';
import { orderAggregate } from './order/order.ts';
import type { PaymentProvider } from './payment/provider.ts';
import {
  type CartSnapshot,
  cartSnapshot,
  type CatalogueEntry,
  catalogueEntry,
  type OrderSnapshot,
  orderSnapshot,
} from './snapshots.ts';

type Answered<T> = Promise<Result<T, Rejection>>;
type OpenCart = Extract<Cart, { status: 'Open' }>;

/**
 * The commands. Each answers with the state that it made, or with why not. With an idempotency key, the same command
 * again does nothing and answers with the first one's result.
 * @throws {Unavailable} when the outcome is unknown, {Conflict} when nothing was done: try again with the same key.
 */
export interface Commands {
  readonly createCart: (command: CreateCart, context: CommandContext) => Answered<CartSnapshot>;
  readonly addCartItem: (
    command: { readonly cartId: string; readonly productId: string; readonly quantity: number },
    context: CommandContext,
  ) => Answered<CartSnapshot>;
  readonly setCartItemQuantity: (
    command: { readonly cartId: string; readonly cartItemId: string; readonly quantity: number },
    context: CommandContext,
  ) => Answered<CartSnapshot>;
  readonly removeCartItem: (
    command: { readonly cartId: string; readonly cartItemId: string },
    context: CommandContext,
  ) => Answered<CartSnapshot>;
  readonly checkOut: (
    command: { readonly cartId: string; readonly paymentMethod: string | null },
    context: CommandContext,
  ) => Answered<OrderSnapshot>;
  readonly payOrder: (
    command: { readonly orderId: string; readonly paymentMethod: string },
    context: CommandContext,
  ) => Answered<OrderSnapshot>;
  readonly cancelOrder: (
    command: { readonly orderId: string; readonly reason: string | null },
    context: CommandContext,
  ) => Answered<OrderSnapshot>;
  readonly upsertProduct: (command: UpsertProduct, context: CommandContext) => Answered<CatalogueEntry>;
}

/** A price may be this old in the view of another gateway. */
const PRODUCT_FRESHNESS = { maxAgeMs: 1_000 };
const MAX_TEXT_LENGTH = 500;
const MAX_KEY_LENGTH = 200;

interface Parts {
  readonly executor: Executor;
  readonly aggregates: Aggregates;
  readonly provider: PaymentProvider;
}

interface Request<State> {
  readonly aggregate: Aggregate<State>;
  readonly id: string;
  readonly name: string;
  readonly input: { readonly [field: string]: Json };
  readonly context: CommandContext;
  readonly decide: Execution<State>['decide'];
}

/** Text that people or programs hand in, or what is wrong with it. */
const textProblem = (...values: readonly (string | null)[]): Rejection | null =>
  values.some((value) => value !== null && (value.length > MAX_TEXT_LENGTH || value.includes('\0')))
    ? invalid(`A text has at most ${MAX_TEXT_LENGTH} characters, none of them NUL.`)
    : null;

const keyProblem = ({ idempotencyKey }: CommandContext): Rejection | null =>
  idempotencyKey !== null && (idempotencyKey.length === 0 || idempotencyKey.length > MAX_KEY_LENGTH || idempotencyKey.includes('\0'))
    ? invalid(`An idempotencyKey has 1 to ${MAX_KEY_LENGTH} characters.`)
    : null;

const invalid = (message: string): Rejection => ({ code: 'INVALID_INPUT', message });

/** A customer's keys are their own: nobody learns of another's answer by using their key. */
const scopedKey = ({ idempotencyKey, customerId }: CommandContext): string | null => {
  if (idempotencyKey === null) return null;
  return customerId === null ? idempotencyKey : `${customerId} ${idempotencyKey}`;
};

const run = async <State>({ executor }: Parts, request: Request<State>): Promise<Result<Answer, Rejection>> => {
  const { aggregate, id, name, input, context, decide } = request;
  const problem = keyProblem(context) ?? textProblem(...Object.values(input).filter((value) => typeof value === 'string'));
  if (problem !== null) return err(problem);
  const key = scopedKey(context);
  const asked: Json = { name, ...input, expectedVersion: context.expectedVersion ?? null };
  const idempotency = key === null ? null : { key, request: asked };
  return executor.run({ aggregate, id, decide, idempotency, causationId: null, traceparent: context.traceparent });
};

const showWith =
  <State, Snapshot>(aggregate: Aggregate<State>, snapshot: (loaded: Loaded<State>) => Snapshot | null) =>
  async ({ aggregates }: Parts, answer: Result<Answer, Rejection>): Promise<Result<Snapshot, Rejection>> => {
    if (!answer.ok) return answer;
    const { aggregateId, sequence } = answer.value;
    const loaded =
      sequence === NEWEST
        ? await aggregates.load(aggregate, aggregateId, { maxAgeMs: 0 })
        : await aggregates.loadAt(aggregate, aggregateId, sequence);
    const shown = snapshot(loaded);
    if (shown === null) throw new Error(`The journal does not hold ${aggregateId}, which it has just answered with.`);
    return ok(shown);
  };

const showCart = showWith(cartAggregate, cartSnapshot);
const showOrder = showWith(orderAggregate, orderSnapshot);
const showProduct = showWith(productAggregate, catalogueEntry);

/** Decides on a cart that is open to this command. */
const onOpenCart =
  (context: CommandContext, decide: (cart: OpenCart) => Result<Decision, Rejection>) =>
  (loaded: Loaded<Cart>): Result<Decision, Rejection> => {
    const open = openFor(loaded, context);
    return open.ok ? decide(open.value) : open;
  };

const addCartItem =
  (parts: Parts): Commands['addCartItem'] =>
  async (command, context) => {
    const { cartId, productId, quantity } = command;
    const product = await parts.aggregates.load(productAggregate, productId, PRODUCT_FRESHNESS);
    const decide = onOpenCart(context, (cart) => {
      if (quantity < 1) return err(badQuantity(quantity));
      if (product.state === null) return err({ code: 'NOT_FOUND', message: `There is no product ${productId}.` });
      return addItem(cart, { id: productId, ...product.state }, quantity);
    });
    const request = { aggregate: cartAggregate, id: cartId, name: 'addCartItem', input: { ...command }, context, decide };
    return showCart(parts, await run(parts, request));
  };

const cartCommands = (parts: Parts): Omit<Commands, 'payOrder' | 'cancelOrder' | 'upsertProduct'> => {
  const change = async (name: string, command: { readonly cartId: string }, rest: Pick<Request<Cart>, 'context' | 'decide'>) => {
    const request = { aggregate: cartAggregate, id: command.cartId, name, input: { ...command }, ...rest };
    return run(parts, request);
  };
  return {
    createCart: async (command, context) => {
      if (!isCurrency(command.currency)) return err(invalid(`${command.currency} is not a currency of ISO 4217.`));
      const decide = () => ok(createCart(command));
      const request = { aggregate: cartAggregate, id: newId('Cart'), name: 'createCart', input: { ...command }, context, decide };
      return showCart(parts, await run(parts, request));
    },
    addCartItem: addCartItem(parts),
    setCartItemQuantity: async (command, context) => {
      const decide = onOpenCart(context, (cart) => setQuantity(cart, command.cartItemId, command.quantity));
      return showCart(parts, await change('setCartItemQuantity', command, { context, decide }));
    },
    removeCartItem: async (command, context) => {
      const decide = onOpenCart(context, (cart) => removeItem(cart, command.cartItemId));
      return showCart(parts, await change('removeCartItem', command, { context, decide }));
    },
    checkOut: async (command, context) => {
      const problem = methodProblem(parts, command.paymentMethod);
      if (problem !== null) return err(problem);
      const decide = (cart: Loaded<Cart>) => checkOut(cart, command.paymentMethod, context);
      return showOrder(parts, await change('checkout', command, { context, decide }));
    },
  };
};

const methodProblem = ({ provider }: Parts, paymentMethod: string | null): Rejection | null =>
  paymentMethod === null || provider.accepts(paymentMethod)
    ? null
    : invalid(`${paymentMethod.slice(0, 100)} is not a payment method that the provider knows.`);

const orderCommands = (parts: Parts): Pick<Commands, 'payOrder' | 'cancelOrder'> => {
  const change = async (name: string, command: { readonly orderId: string }, rest: Pick<Request<OrderFacts>, 'context' | 'decide'>) => {
    const request = { aggregate: orderAggregate, id: command.orderId, name, input: { ...command }, ...rest };
    return showOrder(parts, await run(parts, request));
  };
  return {
    payOrder: async (command, context) => {
      const problem = methodProblem(parts, command.paymentMethod);
      if (problem !== null) return err(problem);
      const decide = (order: Loaded<OrderFacts>) => payOrder(order, command.paymentMethod, context);
      return change('payOrder', command, { context, decide });
    },
    cancelOrder: (command, context) => {
      const decide = (order: Loaded<OrderFacts>) => cancelOrder(order, command.reason, context);
      return change('cancelOrder', command, { context, decide });
    },
  };
};

const catalogueCommands = (parts: Parts): Pick<Commands, 'upsertProduct'> => ({
  upsertProduct: async (command, context) => {
    const decide = (product: Loaded<Product>) => upsertProduct(product.state, command);
    const request = { aggregate: productAggregate, id: command.id, name: 'upsertProduct', input: { ...command }, context, decide };
    return showProduct(parts, await run(parts, request));
  },
});

export const openCommands = (parts: Parts): Commands => ({
  ...cartCommands(parts),
  ...orderCommands(parts),
  ...catalogueCommands(parts),
});
