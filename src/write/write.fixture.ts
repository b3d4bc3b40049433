import { recorded } from '../../harness/support/recorded.ts';
import { testDatabase } from '../../harness/support/servers.ts';
import { type Database, migrate, openDatabase } from '../database/index.ts';
import { newId, PRODUCERS, type Recorded, type Rejection } from '../events/index.ts';
import { openLogger, type Result } from '../platform/index.ts';
import type { CommandContext } from './execution/commander.ts';
import { openSimulatedProvider, openWrite, type Write } from './index.ts';

export const OPERATOR: CommandContext = { idempotencyKey: null, traceparent: null, reach: 'Everything' };
export const keyed = (idempotencyKey: string): CommandContext => ({ ...OPERATOR, idempotencyKey });
const logger = openLogger('silent');
const OUTSIDE = { producer: 'payment-service', producerInstance: 'payment-service-1' };

export interface WriteAtWork extends AsyncDisposable {
  readonly database: Database;
  readonly write: Write;
  /** The write side as another process has it. */
  readonly other: Write;
}

const provider = openSimulatedProvider;
const onCommit = (): void => {};
export const STOCK = { available: 5, reserved: 0, sold: 0 };
const stockOf = async () => STOCK;

export const writerOf = (nth: number) => ({ producer: PRODUCERS.api, producerInstance: `${PRODUCERS.api}-${nth}` });

export const writeAtWork = async (): Promise<WriteAtWork> => {
  await using opening = new AsyncDisposableStack();
  const { url } = opening.use(await testDatabase());
  const [database, second] = [1, 2].map(() => openDatabase({ url, name: 'write test', maxConnections: 6 }));
  if (database === undefined || second === undefined) throw new Error('two were opened');
  opening.use(database);
  opening.use(second);
  await migrate(database.db);
  const write = openWrite({ database, provider, writer: writerOf(1), logger, onCommit, stockOf });
  const other = openWrite({ database: second, provider, writer: writerOf(2), logger, onCommit, stockOf });
  const opened = opening.move();
  return { database, write, other, [Symbol.asyncDispose]: () => opened.disposeAsync() };
};

export const valueOf = <T>(result: Result<T, Rejection>): T => {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
};

export const codeOf = (result: Result<unknown, Rejection>): string => (result.ok ? 'ok' : result.error.code);

export const newProduct = async ({ write }: WriteAtWork, price = '10.50', currency = 'EUR'): Promise<string> => {
  const id = newId('Product');
  valueOf(await write.upsertProduct({ id, name: 'Camera', price, currency }, OPERATOR));
  return id;
};

export const newCart = async ({ write }: WriteAtWork, customerId: string | null = null): Promise<string> =>
  valueOf(await write.createCart({ customerId, sessionId: null, currency: 'EUR' }, OPERATOR)).id;

/** A cart with two of one product. */
export const filledCart = async (atWork: WriteAtWork, customerId: string | null = null): Promise<string> => {
  const productId = await newProduct(atWork);
  const cartId = await newCart(atWork, customerId);
  valueOf(await atWork.write.addCartItem({ cartId, productId, quantity: 2 }, OPERATOR));
  return cartId;
};

/** An order of two of one product, for 21.00 EUR. */
export const newOrder = async (atWork: WriteAtWork, paymentMethod: string | null = 'pm_card_visa'): Promise<string> => {
  const cartId = await filledCart(atWork);
  return valueOf(await atWork.write.checkOut({ cartId, paymentMethod }, OPERATOR)).id;
};

const LINES = [{ productId: 'prod_1', quantity: 2 }];

export const reserved = (orderId: string, lastsMs = 900_000): Recorded => {
  const expiresAt = new Date(Date.now() + lastsMs).toISOString();
  return recorded({ type: 'StockReserved', data: { orderId, ok: true, lines: LINES, expiresAt } });
};
export const shortage = (orderId: string): Recorded => {
  const shortages = [{ productId: 'prod_1', requested: 2, available: 1 }];
  return recorded({ type: 'StockReservationFailed', data: { orderId, ok: false, shortages } });
};
export const compensated = (orderId: string): Recorded =>
  recorded({ type: 'StockCompensated', data: { orderId, lines: LINES } });
export const paidElsewhere = (orderId: string, paymentId: string = newId('Payment'), amount = '21.00'): Recorded =>
  recorded({ type: 'PaymentSucceeded', data: { orderId, paymentId, amount, currency: 'EUR' } }, OUTSIDE);

/** What the write journal holds of an aggregate: own events and received ones. */
export const journalOf = ({ database }: WriteAtWork, aggregateId: string) =>
  database.db
    .selectFrom('write.journal')
    .select(['type', 'sequence', 'version', 'heard', 'occurred_at', 'causation_id', 'event_id', 'data'])
    .where('aggregate_id', '=', aggregateId)
    .orderBy('sequence')
    .execute();

export const ownTypesOf = async (atWork: WriteAtWork, aggregateId: string): Promise<readonly string[]> =>
  (await journalOf(atWork, aggregateId)).filter(({ heard }) => !heard).map(({ type }) => type);

export const chargesOf = ({ database }: WriteAtWork, orderId: string) =>
  database.db
    .selectFrom('write.simulated_charge')
    .select(['calls', 'outcome', 'refunded', 'payment_id', 'amount'])
    .where('order_id', '=', orderId)
    .execute();

/** References to payment methods that are kept for an order. */
export const keptFor = async ({ database }: WriteAtWork, orderId: string): Promise<readonly string[]> => {
  const query = database.db.selectFrom('write.payment_method').select('reference').where('order_id', '=', orderId);
  return (await query.execute()).map(({ reference }) => reference);
};

export const tasksOf = async ({ database }: WriteAtWork, orderId: string): Promise<readonly string[]> => {
  const query = database.db.selectFrom('write.task').select('kind').where('order_id', '=', orderId).orderBy('kind');
  return (await query.execute()).map(({ kind }) => kind);
};
