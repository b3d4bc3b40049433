import type { OrderFailureReason, OrderStatus } from '../client.ts';
import type { Product, Shelf } from './shelf.ts';

export interface Line {
  readonly product: Product;
  readonly quantity: number;
}

/** A saga to play, and how it has to end. */
export interface Scenario {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly paymentMethod: string;
  readonly ending: {
    readonly status: OrderStatus;
    readonly reason: OrderFailureReason | null;
    /** In a person's words. */
    readonly meaning: string;
  };
}

const paid = ({ grinder, kettle }: Shelf): Scenario => ({
  title: 'A paid order',
  lines: [
    { product: grinder, quantity: 1 },
    { product: kettle, quantity: 2 },
  ],
  paymentMethod: 'pm_card_visa',
  ending: { status: 'CONFIRMED', reason: null, meaning: 'paid, and its stock sold' },
});

const MAX_QUANTITY = 999;

/** One more than there is of the scarce product; where a shop has too much of it for that, the most that may be ordered. */
const tooMany = ({ book, kettle }: Shelf): Scenario => ({
  title: 'More than there is',
  lines: [
    { product: kettle, quantity: 1 },
    { product: book, quantity: Math.min(MAX_QUANTITY, book.available + 1) },
  ],
  paymentMethod: 'pm_card_visa',
  ending: { status: 'REJECTED', reason: 'OUT_OF_STOCK', meaning: 'out of stock, and nothing held of either product' },
});

const declined = ({ wheel }: Shelf): Scenario => ({
  title: 'A refused card',
  lines: [{ product: wheel, quantity: 2 }],
  paymentMethod: 'pm_card_chargeDeclined',
  ending: { status: 'CANCELLED', reason: 'PAYMENT_DECLINED', meaning: 'not paid, and its stock given back' },
});

/** What the demo plays, in this order. */
export const SCENARIOS: readonly ((shelf: Shelf) => Scenario)[] = [paid, tooMany, declined];
