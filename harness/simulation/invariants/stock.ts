import { isElsewhere } from './inventory.ts';
import { linesOf, type Told } from './told.ts';
import type { Ended, Violation } from './violation.ts';

const RULE = 'stock is conserved';

const SIGNS: Readonly<Record<string, number>> = { StockReserved: -1, StockCompensated: 1 };

const effectOf = ({ envelope, ...rest }: Told, productId: string): number => {
  if (envelope.type === 'StockAdjusted') {
    return envelope.aggregateId === productId ? Number(envelope.data['delta']) : 0;
  }
  const sign = SIGNS[envelope.type];
  return sign === undefined ? 0 : sign * (linesOf({ envelope, ...rest }).get(productId) ?? 0);
};

/** I-7, I-8, I-9: what is available is what the events add up to, at no moment below zero, and none is lost on the way. */
export const stockIsConserved = ({ database, told }: Ended): readonly Violation[] =>
  [...database.stock.committed.values()].flatMap(({ productId, available, reserved, sold }) => {
    const effects = told
      .filter(({ envelope }) => envelope.producer === 'inventory-saga-consumer')
      .filter(({ envelope }) => !isElsewhere({ database }, envelope.aggregateId))
      .toSorted((one, other) => one.position - other.position)
      .map((each) => effectOf(each, productId));
    const delivered = told
      .filter(({ envelope }) => envelope.type === 'StockAdjusted')
      .reduce((sum, each) => sum + effectOf(each, productId), 0);
    const violations: Violation[] = [];
    const violate = (what: string): void => void violations.push({ rule: RULE, what, aggregateId: productId });
    const sum = effects.reduce((level, effect) => {
      if (level + effect < 0) violate(`oversold: ${level + effect} at some time`);
      return level + effect;
    }, 0);
    if (sum !== available) violate(`${available} available, but the events say ${sum}`);
    if (available + reserved + sold !== delivered) {
      violate(`${available} + ${reserved} + ${sold} units of the ${delivered} that were delivered`);
    }
    if (reserved !== 0) violate(`${reserved} units are held when everything is over`);
    return violations;
  });
