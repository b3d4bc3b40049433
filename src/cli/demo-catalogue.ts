import { sql } from 'kysely';
import type { CommandContext } from '../commands/index.ts';
import type { Db } from '../database/index.ts';
import type { Rejection } from '../events/index.ts';
import type { Result } from '../platform/index.ts';
import type { Saga } from '../saga/index.ts';
import type { Write } from '../write/index.ts';

interface DemoProduct {
  readonly id: string;
  readonly name: string;
  readonly price: string;
  readonly stock: number;
}

/** A small shop to try things out with. The last one is scarce on purpose. */
export const DEMO_PRODUCTS: readonly DemoProduct[] = [
  { id: 'prod_1', name: 'Espresso machine', price: '449.00', stock: 40 },
  { id: 'prod_2', name: 'Burr coffee grinder', price: '129.90', stock: 60 },
  { id: 'prod_3', name: 'Gooseneck kettle', price: '79.50', stock: 80 },
  { id: 'prod_4', name: 'Carbon road wheel', price: '699.99', stock: 25 },
  { id: 'prod_5', name: 'Merino cycling jersey', price: '119.00', stock: 120 },
  { id: 'prod_6', name: 'Handlebar bag', price: '54.95', stock: 150 },
  { id: 'prod_7', name: 'Oak serving board', price: '39.00', stock: 200 },
  { id: 'prod_8', name: 'Linen apron', price: '34.50', stock: 90 },
  { id: 'prod_9', name: 'Chef’s knife', price: '89.00', stock: 70 },
  { id: 'prod_10', name: 'Cast-iron pan', price: '64.00', stock: 110 },
  { id: 'prod_11', name: 'Single-origin beans, 1 kg', price: '28.40', stock: 500 },
  { id: 'prod_12', name: 'Signed first edition', price: '250.00', stock: 1 },
];

const CURRENCY = 'EUR';

const keyed = (idempotencyKey: string): CommandContext => ({ idempotencyKey, traceparent: null, reach: 'Everything' });

// A refusal that nobody looks at left every shelf of a new shop empty.
const assertAccepted = (answer: Result<unknown, Rejection>): void => {
  if (!answer.ok) throw new Error(`The demo catalogue was refused: ${answer.error.message}`);
};

/** Fills the catalogue, and the shelves where they are panier's own. Every command has its key, so that two processes that start together fill it once. */
export const fillDemoCatalogue = async ({
  write,
  saga,
}: {
  readonly write: Write;
  readonly saga: Saga;
}): Promise<void> => {
  for (const { id, name, price, stock } of DEMO_PRODUCTS) {
    assertAccepted(await write.upsertProduct({ id, name, price, currency: CURRENCY }, keyed(`demo-catalogue:${id}`)));
    if (saga.keeper === 'Remote') continue;
    const delivery = { productId: id, delta: stock, reason: 'demo catalogue' };
    assertAccepted(await saga.adjustStock(delivery, keyed(`demo-catalogue:${id}:stock`)));
  }
};

export interface Untouched {
  readonly write: Pick<Write, 'product'>;
  readonly saga: Pick<Saga, 'stockLevel'>;
  /** Where the write journal is. */
  readonly journal: Db;
}

/** Not there yet, or as it is put there. */
const isAsFilled = async ({ id, name, price }: DemoProduct, write: Untouched['write']): Promise<boolean> => {
  const there = await write.product(id);
  return there === null || (there.name === name && there.price === price && there.currency === CURRENCY);
};

const hasOthers = async (journal: Db): Promise<boolean> => {
  const { rows } = await sql<{ readonly there: boolean }>`
    select exists (
      select from write.journal where aggregate_type = 'Product' and aggregate_id <> all(${DEMO_PRODUCTS.map(({ id }) => id)}::text[])
    ) as there`.execute(journal);
  return rows[0]?.there === true;
};

/**
 * Whether nobody has ever used this system but to fill it, which may have been interrupted: a shop of one's own is never mixed
 * with the demo, nor are its products renamed where they are called as those of the demo.
 */
export const isUntouched = async ({ write, saga, journal }: Untouched): Promise<boolean> => {
  const last = DEMO_PRODUCTS.at(-1)?.id ?? '';
  if ((await write.product(last)) !== null || (await saga.stockLevel(last)) !== null) return false;
  for (const product of DEMO_PRODUCTS) if (!(await isAsFilled(product, write))) return false;
  return !(await hasOthers(journal));
};
