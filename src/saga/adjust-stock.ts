import { type Admitted, admit, type CommandContext, type CommandInput } from '../commands/index.ts';
import { isPassingDatabaseError } from '../database/index.ts';
import type { Currency, Decimal, EventOf, ProductId, Rejection, Writer } from '../events/index.ts';
import { err, ok, type Result, Unavailable } from '../platform/index.ts';
import { firstAnswer, keepAnswer } from './idempotency.ts';
import { applyWaiting, type Ledger, levelOf, openLedger } from './ledger.ts';
import type { LedgerTransaction } from './ledger-store.ts';
import { lockProduct } from './lock-rows.ts';
import { saveLedger } from './save-ledger.ts';
import { adjust, type StockLevel } from './stock.ts';
import { inTransaction, type Transacting } from './transaction.ts';

/** A product as the catalogue describes it. */
export interface Described {
  readonly id: string;
  readonly name: string;
  readonly price: Decimal;
  readonly currency: Currency;
}

/** Asks the catalogue, which is elsewhere; null for a product that is not in it. */
export type Describe = (productId: ProductId) => Promise<Described | null>;

/** A product and its stock, both at the moment of the adjustment. */
export interface Adjusted {
  readonly product: Described;
  readonly stock: StockLevel;
}

export interface Adjusting extends Transacting {
  readonly writer: Writer;
  readonly describe: Describe;
}

type StockAdjusted = EventOf<'StockAdjusted'>;

/** @throws {Unavailable} when the database is away; whether the stock was adjusted is then unknown. */
export const adjustStock = async (
  { writer, describe, ...transacting }: Adjusting,
  given: CommandInput<'adjustStock'>,
  context: CommandContext,
): Promise<Result<Adjusted, Rejection>> => {
  const command = admit('adjustStock', given, context);
  if (!command.ok) return command;
  const product = await describe(command.value.input.productId);
  const adjusting = { writer, command: command.value, product };
  try {
    return await inTransaction({ ...transacting, deadline: command.value.deadline }, (tx) => adjustOnce(tx, adjusting));
  } catch (error) {
    if (!isPassingDatabaseError(error)) throw error;
    throw new Unavailable('The database is away; whether the stock was adjusted is unknown.', { cause: error });
  }
};

interface Adjustment {
  readonly writer: Writer;
  readonly command: Admitted<'adjustStock'>;
  readonly product: Described | null;
}

type Answer = Result<Adjusted, Rejection>;

const adjustOnce = async (tx: LedgerTransaction, adjustment: Adjustment): Promise<Answer> => {
  const { product, command } = adjustment;
  const { request, input } = command;
  // A row is locked, and made, only of what the catalogue has.
  const ledger = product === null ? null : openLedger(await lockProduct(tx, input.productId));
  // Only under the product's lock: of two commands with one key, the second then sees the first one's answer.
  const first = request === null ? null : await firstAnswer<Adjusted>(tx, request);
  if (first !== null) return first;
  const answer =
    product === null || ledger === null
      ? err(unknownProduct(input.productId))
      : await apply(tx, ledger, { ...adjustment, product });
  if (request !== null) await keepAnswer(tx, request, answer);
  return answer;
};

const unknownProduct = (id: ProductId): Rejection => ({ code: 'NOT_FOUND', message: `There is no product ${id}.` });

/** Moves the level, or says why not. */
const decideAdjustment = (level: StockLevel, delta: number): Result<StockLevel, Rejection> => {
  const adjusted = adjust(level, delta);
  if (adjusted !== null) return ok(adjusted);
  const { productId, available } = level;
  const message = `delta: ${delta} is more than the stock of ${productId} allows; ${available} available`;
  return err({ code: 'INVALID_INPUT', message });
};

const apply = async (
  tx: LedgerTransaction,
  ledger: Ledger,
  { writer, command, product }: Adjustment & { readonly product: Described },
): Promise<Answer> => {
  const { productId, delta } = command.input;
  const decision = decideAdjustment(levelOf(ledger, productId), delta);
  if (!decision.ok) return decision;
  ledger.stock.set(productId, decision.value);
  applyWaiting(ledger, productId);
  const version = (await tx.lastSequence(productId)) + 1;
  const event: StockAdjusted = { type: 'StockAdjusted', data: command.input };
  const { traceparent } = command;
  ledger.answers.push({ event, aggregateId: productId, sequence: version, version, causationId: null, traceparent });
  const recorded = await saveLedger(tx, ledger, { writer, occurredAt: (await tx.time()).toISOString() });
  await tx.saveAdjustments(
    recorded.map(({ envelope: { eventId } }) => ({ productId, delta, eventId, isApplied: true })),
  );
  return ok({ product, stock: levelOf(ledger, productId) });
};
