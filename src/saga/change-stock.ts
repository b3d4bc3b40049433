import type { Admitted, WrittenEvent } from '../commands/index.ts';
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

/** A product and its stock, both at the moment of the change. */
export interface Adjusted {
  readonly product: Described;
  readonly stock: StockLevel;
}

export interface Changing extends Transacting {
  readonly writer: Writer;
  readonly describe: Describe;
}

type StockAdjusted = EventOf<'StockAdjusted'>;

/** What a command is to do to the stock of one product. */
export interface StockChange<R> {
  readonly command: Admitted<'adjustStock' | 'reduceStock' | 'increaseStock'>;
  readonly data: StockAdjusted['data'];
  /** What is answered where the stock does not allow it. */
  readonly refusal: (level: StockLevel) => R;
}

/** @throws {Unavailable} when the database is away; whether the stock was changed is then unknown. */
export const changeStock = async <R>(
  { writer, describe, ...transacting }: Changing,
  change: StockChange<R>,
): Promise<Result<Adjusted, Rejection | R>> => {
  const product = await describe(change.command.input.productId);
  // Of the attempt that was committed: one that was not is undone, and done again.
  let written: readonly WrittenEvent[] = [];
  const onSaved = (events: readonly WrittenEvent[]): void => {
    written = events;
  };
  const changing = { ...change, writer, product, onSaved };
  try {
    const answer = await inTransaction({ ...transacting, deadline: change.command.deadline }, (tx) =>
      changeOnce(tx, changing),
    );
    change.command.onWritten(written);
    return answer;
  } catch (error) {
    if (!isPassingDatabaseError(error)) throw error;
    throw new Unavailable('The database is away; whether the stock was adjusted is unknown.', { cause: error });
  }
};

interface Change<R> extends StockChange<R> {
  readonly writer: Writer;
  readonly product: Described | null;
  readonly onSaved: (events: readonly WrittenEvent[]) => void;
}

type Answer<R> = Result<Adjusted, Rejection | R>;

const changeOnce = async <R>(tx: LedgerTransaction, change: Change<R>): Promise<Answer<R>> => {
  const { product, command } = change;
  const { request, input } = command;
  // A row is locked, and made, only of what the catalogue has.
  const ledger = product === null ? null : openLedger(await lockProduct(tx, input.productId));
  // Only under the product's lock: of two commands with one key, the second then sees the first one's answer.
  const first = request === null ? null : await firstAnswer<Adjusted>(tx, request);
  if (first !== null) return first;
  const answer =
    product === null || ledger === null
      ? err(unknownProduct(input.productId))
      : await apply(tx, ledger, { ...change, product });
  if (request !== null) await keepAnswer(tx, request, answer);
  return answer;
};

const unknownProduct = (id: ProductId): Rejection => ({
  code: 'NOT_FOUND',
  message: `There is no product ${id}.`,
  path: ['productId'],
});

const apply = async <R>(
  tx: LedgerTransaction,
  ledger: Ledger,
  { writer, command, product, data, refusal, onSaved }: Change<R> & { readonly product: Described },
): Promise<Answer<R>> => {
  const { productId, delta } = data;
  const level = levelOf(ledger, productId);
  const adjusted = adjust(level, delta);
  if (adjusted === null) return err(refusal(level));
  ledger.stock.set(productId, adjusted);
  applyWaiting(ledger, productId);
  const version = (await tx.lastSequence(productId)) + 1;
  const event: StockAdjusted = { type: 'StockAdjusted', data };
  const { traceparent } = command;
  ledger.answers.push({ event, aggregateId: productId, sequence: version, version, causationId: null, traceparent });
  const recorded = await saveLedger(tx, ledger, { writer, occurredAt: (await tx.time()).toISOString() });
  onSaved(recorded.map(({ envelope }) => envelope));
  await tx.saveAdjustments(
    recorded.map(({ envelope: { eventId } }) => ({ productId, delta, eventId, isApplied: true })),
  );
  return ok({ product, stock: levelOf(ledger, productId) });
};
