import type { Redis } from 'ioredis';
import { testDatabase, testRedis } from '../../harness/support/servers.ts';
import { openRedis } from '../../src/bus/index.ts';
import type { CommandContext, CommandInput, CommandName } from '../../src/commands/index.ts';
import { type Database, migrate, openDatabase } from '../../src/database/index.ts';
import { newId, PRODUCERS, type Rejection, STREAMS } from '../../src/events/index.ts';
import { openLogger, type Result } from '../../src/platform/index.ts';
import { openSaga, type Saga, type StockRefusal } from '../../src/saga/index.ts';
import { openUpkeep, type Upkeep } from '../../src/upkeep/index.ts';
import {
  type Operations,
  openDeadLetters,
  openSimulatedProvider,
  openWrite,
  type Write,
} from '../../src/write/index.ts';

export const OPERATOR: CommandContext = { idempotencyKey: null, traceparent: null, reach: 'Everything' };
const RESERVATION_MS = 900_000;

/** All modules that take commands, on servers of their own, put together as main does. */
export interface Shop extends AsyncDisposable {
  readonly database: Database;
  readonly redis: Redis;
  readonly write: Write;
  readonly saga: Saga;
  readonly operations: Operations;
  readonly upkeep: Upkeep;
}

const writerOf = (producer: string) => ({ producer, producerInstance: `${producer}-1` });

const onCommit = (): void => {};

export const openShop = async (): Promise<Shop> => {
  await using opening = new AsyncDisposableStack();
  const { url } = opening.use(await testDatabase());
  const server = opening.use(await testRedis());
  const redis = opening.adopt(openRedis(server.url), (connection) => connection.disconnect());
  const database = opening.use(openDatabase({ url, name: 'door test', maxConnections: 6 }));
  await migrate(database.db);
  const api = { database, writer: writerOf(PRODUCERS.api), onCommit };
  const write: Write = openWrite({
    ...api,
    provider: openSimulatedProvider,
    logger: openLogger('silent'),
    stockOf: (id) => saga.stockLevel(id),
  });
  const saga: Saga = openSaga({
    database,
    writer: writerOf(PRODUCERS.saga),
    reservationMs: RESERVATION_MS,
    describe: (id) => write.product(id),
  });
  const { db } = database;
  const operations = write.openOperations(openDeadLetters({ db, journals: { write: db, saga: db }, redis }));
  const opened = opening.move();
  const upkeep = openUpkeep({ commands: database, queries: database });
  return { database, redis, write, saga, operations, upkeep, [Symbol.asyncDispose]: () => opened.disposeAsync() };
};

type Refused = Rejection | StockRefusal;

export type Input = Readonly<Record<string, unknown>>;
interface Command {
  // A method, for its parameters are bivariant: tests hand in whatever they like.
  ask(shop: Shop, input: object, context: object): Promise<Result<unknown, Refused>>;
}

const command = <N extends CommandName>(
  _name: N,
  ask: (shop: Shop, input: CommandInput<N>, context: CommandContext) => Promise<Result<unknown, Refused>>,
): Command => ({ ask });

/** One run is under way at a time, and here nobody carries it out. */
const cancelAll = async (upkeep: Upkeep): Promise<void> => {
  for (const { id } of await upkeep.last(1)) await upkeep.cancel({ id }, OPERATOR);
};

const COMMANDS: Readonly<Record<CommandName, Command>> = {
  createCart: command('createCart', ({ write }, input, context) => write.createCart(input, context)),
  addCartItem: command('addCartItem', ({ write }, input, context) => write.addCartItem(input, context)),
  setCartItemQuantity: command('setCartItemQuantity', ({ write }, input, context) =>
    write.setCartItemQuantity(input, context),
  ),
  removeCartItem: command('removeCartItem', ({ write }, input, context) => write.removeCartItem(input, context)),
  addCartItems: command('addCartItems', ({ write }, input, context) => write.addCartItems(input, context)),
  clearCart: command('clearCart', ({ write }, input, context) => write.clearCart(input, context)),
  checkout: command('checkout', ({ write }, input, context) => write.checkOut(input, context)),
  claimCarts: command('claimCarts', ({ write }, input, context) => write.claimCarts(input, context)),
  payOrder: command('payOrder', ({ write }, input, context) => write.payOrder(input, context)),
  cancelOrder: command('cancelOrder', ({ write }, input, context) => write.cancelOrder(input, context)),
  reorder: command('reorder', ({ write }, input, context) => write.reorder(input, context)),
  upsertProduct: command('upsertProduct', ({ write }, input, context) => write.upsertProduct(input, context)),
  adjustStock: command('adjustStock', ({ saga }, input, context) => saga.adjustStock(input, context)),
  reduceStock: command('reduceStock', ({ saga }, input, context) =>
    saga.moveStock({ name: 'reduceStock', input }, context),
  ),
  increaseStock: command('increaseStock', ({ saga }, input, context) =>
    saga.moveStock({ name: 'increaseStock', input }, context),
  ),
  retryDeadLetter: command('retryDeadLetter', ({ operations }, input, context) =>
    operations.retryDeadLetter(input, context),
  ),
  discardDeadLetter: command('discardDeadLetter', ({ operations }, input, context) =>
    operations.discardDeadLetter(input, context),
  ),
  startVerification: command('startVerification', async ({ upkeep }, input, context) => {
    await cancelAll(upkeep);
    return upkeep.startVerification(input, context);
  }),
  startReplay: command('startReplay', async ({ upkeep }, input, context) => {
    await cancelAll(upkeep);
    return upkeep.startReplay(input, context);
  }),
  cancelUpkeep: command('cancelUpkeep', ({ upkeep }, input, context) => upkeep.cancel(input, context)),
};

export const COMMAND_NAMES = Object.keys(COMMANDS) as readonly CommandName[];
const KEEPING_NONE: readonly CommandName[] = ['claimCarts', 'startVerification', 'startReplay', 'cancelUpkeep'];
/**
 * Those that keep their answers. Of a claim there is nothing to keep: again, it does what is left to do. A run is answered with as
 * it stands by then.
 */
export const KEEPING_COMMANDS = COMMAND_NAMES.filter((name) => !KEEPING_NONE.includes(name));

export interface Given {
  readonly input: Input;
  readonly context?: Input;
}

/** Gives a command whatever input, as a caller does who keeps to no type. */
export const ask = (shop: Shop, name: CommandName, { input, context }: Given): Promise<Result<unknown, Refused>> =>
  COMMANDS[name].ask(shop, input, { ...OPERATOR, ...context });

export const codeOf = (result: Result<unknown, Refused>): string => (result.ok ? 'ok' : result.error.code);

const valueOf = <T>(result: Result<T, Rejection>): T => {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
};

let letters = 0;

const keepLetter = async ({ database }: Shop): Promise<string> => {
  letters += 1;
  const { id } = await database.db
    .insertInto('bus.dead_letter')
    .values({
      consumer_group: 'shop',
      stream: STREAMS.orders,
      entry_id: `${letters}-0`,
      fields: JSON.stringify([['event_type', 'OrderEaten']]),
      error: 'cannot be read',
      deliveries: 1,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
};

/** One thing of each kind, fit for every command. */
export interface Things {
  readonly cartId: string;
  readonly orderId: string;
  readonly productId: string;
  readonly letterId: string;
  readonly runId: string;
}

/** A cart with two of a product in stock, an order of two, and a dead letter. */
export const makeThings = async (shop: Shop): Promise<Things> => {
  const { write, saga } = shop;
  const productId = newId('Product');
  valueOf(await write.upsertProduct({ id: productId, name: 'Camera', price: '10.50', currency: 'EUR' }, OPERATOR));
  valueOf(await saga.adjustStock({ productId, delta: 10, reason: null }, OPERATOR));
  const [cartId, ordered] = [await filledCart(shop, productId), await filledCart(shop, productId)];
  const { id: orderId } = valueOf(await write.checkOut({ cartId: ordered, paymentMethod: null }, OPERATOR));
  return { cartId, orderId, productId, letterId: await keepLetter(shop), runId: await endedRun(shop) };
};

/** One that nobody carries out, cancelled as it waits: another may be started beside it. */
const endedRun = async ({ upkeep }: Shop): Promise<string> => {
  await cancelAll(upkeep);
  const { id } = valueOf(await upkeep.startReplay({ dryRun: true }, OPERATOR));
  return valueOf(await upkeep.cancel({ id }, OPERATOR)).id;
};

const filledCart = async ({ write }: Shop, productId: string): Promise<string> => {
  const { id } = valueOf(await write.createCart({ customerId: null, sessionId: null, currency: 'EUR' }, OPERATOR));
  valueOf(await write.addCartItem({ cartId: id, productId, quantity: 2 }, OPERATOR));
  return id;
};

/** An input that each command takes, of these things. */
export const soundInputs = ({
  cartId,
  orderId,
  productId,
  letterId,
  runId,
}: Things): Readonly<Record<CommandName, Input>> => ({
  createCart: { customerId: 'ann', sessionId: 's1', currency: 'EUR' },
  addCartItem: { cartId, productId, quantity: 1 },
  addCartItems: { cartId, items: [{ productId, quantity: 1 }] },
  clearCart: { cartId },
  setCartItemQuantity: { cartId, cartItemId: '1', quantity: 5 },
  removeCartItem: { cartId, cartItemId: '1' },
  checkout: { cartId, paymentMethod: 'pm_card_visa' },
  claimCarts: { visitorId: newId('Visit'), customerId: 'ann' },
  payOrder: { orderId, paymentMethod: 'pm_card_visa' },
  cancelOrder: { orderId, reason: 'too slow' },
  reorder: { orderId },
  upsertProduct: { id: productId, name: 'Mug', price: '3.00', currency: 'EUR' },
  adjustStock: { productId, delta: 5, reason: 'delivery' },
  reduceStock: { productId, quantity: 2 },
  increaseStock: { productId, quantity: 2 },
  retryDeadLetter: { id: letterId },
  discardDeadLetter: { id: letterId, reason: 'a test entry' },
  startVerification: { graceSeconds: 60, pauseSeconds: 5, fold: true },
  startReplay: { dryRun: true },
  cancelUpkeep: { id: runId },
});
