import type { Currency, Decimal, OrderFacts } from '../events/index.ts';
import type { Cart, CartItem } from './cart/cart.ts';
import type { Product } from './catalogue/product.ts';
import type { StockNumbers } from './catalogue/stock-of.ts';
import type { Loaded } from './execution/aggregate.ts';
import type { Answer } from './execution/executor.ts';

/** A cart as the write side knows it. Amounts in minor units of its currency; items in the order first added. */
export interface CartSnapshot {
  readonly id: string;
  readonly customerId: string | null;
  readonly sessionId: string | null;
  readonly currency: Currency;
  readonly items: readonly CartItem[];
  readonly orderId: string | null;
  readonly version: number;
}

/** An order as the write side knows it. `version` counts its own events; times are RFC 3339. */
export interface OrderSnapshot {
  readonly id: string;
  readonly facts: OrderFacts;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly version: number;
}

export interface CatalogueEntry {
  readonly id: string;
  readonly name: string;
  readonly price: Decimal;
  readonly currency: Currency;
}

/** A product, and its stock at that moment; null for a product that the inventory has never heard of. */
export interface StockedEntry extends CatalogueEntry {
  readonly stock: StockNumbers | null;
}

export const cartSnapshot = ({ id, state, version }: Loaded<Cart>): CartSnapshot | null => {
  if (state.status === 'None') return null;
  const { customerId, sessionId, currency, items } = state;
  return {
    id,
    customerId,
    sessionId,
    currency,
    items,
    version,
    orderId: state.status === 'CheckedOut' ? state.orderId : null,
  };
};

export const orderSnapshot = ({
  id,
  state,
  version,
  createdAt,
  updatedAt,
}: Loaded<OrderFacts>): OrderSnapshot | null => {
  if (state.created === null || createdAt === null || updatedAt === null) return null;
  return { id, facts: state, createdAt: state.created.occurredAt, updatedAt, version };
};

export const catalogueEntry = ({ id, state }: Loaded<Product>): CatalogueEntry | null =>
  state === null ? null : { id, ...state };

/** With the stock as it was kept beside the answer. */
export const stockedEntry = (product: Loaded<Product>, stock: Answer['beside']): StockedEntry | null => {
  const entry = catalogueEntry(product);
  return entry && { ...entry, stock: (stock ?? null) as StockNumbers | null };
};
