import { isPassingDatabaseError } from '../database/index.ts';
import { DecodeError, decodeEvent, type EventOf, type Rejection } from '../events/index.ts';
import type { Writer } from '../journal/index.ts';
import { err, ok, type Result, Unavailable } from '../platform/index.ts';
import { firstAnswer, keepAnswer, type Request, requestOf } from './idempotency.ts';
import { applyWaiting, type Ledger, levelOf, openLedger } from './ledger.ts';
import type { LedgerTransaction } from './ledger-store.ts';
import { lockProduct } from './lock-rows.ts';
import { saveLedger } from './save-ledger.ts';
import { adjust, type StockLevel } from './stock.ts';
import { inTransaction, type Transacting } from './transaction.ts';

export interface AdjustStock {
  readonly productId: string;
  readonly delta: number;
  readonly reason: string | null;
}

export interface AdjustStockContext {
  readonly idempotencyKey: string | null;
  readonly traceparent: string | null;
}

type StockAdjusted = EventOf<'StockAdjusted'>;
type Answer = Result<StockLevel, Rejection>;

const invalid = (message: string) => err({ code: 'INVALID_INPUT', message } as const);

/** The event that a command asks for, by the catalogue's own bounds. */
const parseAdjustment = ({ productId, delta, reason }: AdjustStock): Result<StockAdjusted, Rejection> => {
  if (delta === 0) return invalid('delta: must not be 0');
  try {
    const data = { product_id: productId, delta, reason };
    return ok(decodeEvent({ type: 'StockAdjusted', data }) as StockAdjusted);
  } catch (error) {
    if (error instanceof DecodeError) return invalid(error.message);
    throw error;
  }
};

/** Moves the level, or says why not. */
const decideAdjustment = (level: StockLevel, { data }: StockAdjusted): Answer => {
  const adjusted = adjust(level, data.delta);
  if (adjusted !== null) return ok(adjusted);
  return invalid(
    `delta: ${data.delta} is more than the stock of ${data.productId} allows; ${level.available} available`,
  );
};

/** @throws {Unavailable} when the database is away; whether the stock was adjusted is then unknown. */
export const adjustStock = async (
  { writer, ...transacting }: Transacting & { readonly writer: Writer },
  command: AdjustStock,
  { idempotencyKey, traceparent }: AdjustStockContext,
): Promise<Answer> => {
  const parsed = parseAdjustment(command);
  if (!parsed.ok) return parsed;
  const { productId, delta, reason } = command;
  const request = idempotencyKey === null ? null : requestOf(idempotencyKey, [productId, delta, reason]);
  try {
    return await inTransaction(transacting, (tx) =>
      adjustOnce(tx, { writer, event: parsed.value, request, traceparent }),
    );
  } catch (error) {
    if (!isPassingDatabaseError(error)) throw error;
    throw new Unavailable('The database is away; whether the stock was adjusted is unknown.', { cause: error });
  }
};

interface Adjusting {
  readonly writer: Writer;
  readonly event: StockAdjusted;
  readonly request: Request | null;
  readonly traceparent: string | null;
}

const adjustOnce = async (tx: LedgerTransaction, adjusting: Adjusting): Promise<Answer> => {
  const { request, event } = adjusting;
  const ledger = openLedger(await lockProduct(tx, event.data.productId));
  // Only under the product's lock: of two commands with one key, the second then sees the first one's answer.
  const first = request === null ? null : await firstAnswer<StockLevel>(tx, request);
  if (first !== null) return first;
  const answer = await apply(tx, ledger, adjusting);
  if (request !== null) await keepAnswer(tx, request, answer);
  return answer;
};

const apply = async (
  tx: LedgerTransaction,
  ledger: Ledger,
  { writer, event, traceparent }: Adjusting,
): Promise<Answer> => {
  const { productId } = event.data;
  const decision = decideAdjustment(levelOf(ledger, productId), event);
  if (!decision.ok) return decision;
  ledger.stock.set(productId, decision.value);
  applyWaiting(ledger, productId);
  const version = (await tx.lastSequence(productId)) + 1;
  ledger.answers.push({ event, aggregateId: productId, sequence: version, version, causationId: null, traceparent });
  const recorded = await saveLedger(tx, ledger, { writer, occurredAt: (await tx.time()).toISOString() });
  await tx.saveAdjustments(recorded.map(({ envelope: { eventId } }) => ({ ...event.data, eventId, isApplied: true })));
  return ok(levelOf(ledger, productId));
};
