import { type Db, orUnavailable } from '../database/index.ts';
import type { Recorded, Rejection } from '../events/index.ts';
import type { Writer } from '../journal/index.ts';
import type { Result } from '../platform/index.ts';
import { type AdjustStock, type AdjustStockContext, adjustStock } from './adjust-stock.ts';
import { handleBatch } from './handle.ts';
import { levelOfRow } from './lock-rows.ts';
import type { StockLevel } from './stock.ts';

/** The inventory: its commands, and its part in the saga of every order. */
export interface Saga {
  /**
   * Adds `delta` units to what is available of a product, which need not be known yet. The same key and input again
   * answer what the first command was answered, a rejection included.
   * @throws {Unavailable} when the database is away; the outcome is then unknown.
   */
  adjustStock(command: AdjustStock, context: AdjustStockContext): Promise<Result<StockLevel, Rejection>>;
  /** The product's stock as the ledger has it now; null for a product never heard of. */
  stockLevel(productId: string): Promise<StockLevel | null>;
  /**
   * Takes in events of any streams, in one transaction, with a number of statements that does not grow with the batch.
   * Events may come again, in any order and in several processes at once. @throws when nothing of the batch was taken
   * in, or when that is unknown: to hand it over again is always right.
   */
  handle(batch: readonly Recorded[]): Promise<void>;
}

export interface SagaOptions {
  readonly db: Db;
  readonly writer: Writer;
  /** How long an unpaid order holds its stock. */
  readonly reservationMs: number;
  /** Called after a commit that recorded events: a hint for the relay. */
  readonly onCommit?: () => void;
}

export const openSaga = ({ db, writer, reservationMs, onCommit = () => {} }: SagaOptions): Saga => ({
  adjustStock: async (command, context) => {
    const answer = await adjustStock({ db, writer }, command, context);
    if (answer.ok) onCommit();
    return answer;
  },
  stockLevel: orUnavailable(async (productId: string) => {
    const row = await db.selectFrom('saga.stock').selectAll().where('product_id', '=', productId).executeTakeFirst();
    return row === undefined ? null : levelOfRow(row);
  }),
  handle: async (batch) => {
    const answers = await handleBatch({ db, writer, reservationMs }, batch);
    if (answers > 0) onCommit();
  },
});
