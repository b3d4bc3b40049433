import fc from 'fast-check';
import type { DomainEvent, Recorded } from '../events/index.ts';
import { apply, type Received } from './apply.ts';
import { type Ledger, levelOf, openLedger } from './ledger.ts';
import { emptyLevel, type StockLevel } from './stock.ts';

export const NOW = '2026-01-01T00:00:00.000Z';
export const AT_LEDGER = { keeper: 'Ledger', now: NOW, expiresAt: NOW } as const;
export const PRODUCTS = ['prod_1', 'prod_2', 'prod_3'];

/** A ledger in which every product has so many units available. */
export const ledgerOf = (available: number): Ledger => {
  const stock = new Map(PRODUCTS.map((productId) => [productId, { ...emptyLevel(productId), available }]));
  return openLedger({ reservations: new Map(), stock, adjustments: new Map() });
};

export const afterAll = (available: number, history: readonly Recorded<Received>[]): Ledger => {
  const ledger = ledgerOf(available);
  for (const recorded of history) apply(ledger, recorded, AT_LEDGER);
  return ledger;
};

export const levelsOf = (ledger: Ledger): readonly StockLevel[] =>
  PRODUCTS.map((productId) => levelOf(ledger, productId));

export const typesOf = (events: readonly { readonly event: DomainEvent }[]): readonly string[] =>
  events.map(({ event }) => event.type);

/** All of the items, some of them again, in any order. */
export const shuffledWithRepetitions = <T>(items: readonly T[]): fc.Arbitrary<readonly T[]> => {
  if (items.length === 0) return fc.constant([]);
  const repeated = fc.array(fc.constantFrom(...items), { maxLength: 6 }).map((again) => [...items, ...again]);
  return repeated.chain((all) => fc.shuffledSubarray(all, { minLength: all.length }));
};
