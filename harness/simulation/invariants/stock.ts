import type { JsonObject } from '../../../src/events/index.ts';
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

/** What the ledger did, in its order. */
const ofLedger = ({ database, told }: Ended): readonly Told[] =>
  told
    .filter(({ envelope }) => envelope.producer === 'inventory-saga-consumer')
    .filter(({ envelope }) => !isElsewhere({ database }, envelope.aggregateId))
    .toSorted((one, other) => one.position - other.position);

const shortageOf = ({ envelope }: Told, productId: string): JsonObject | undefined =>
  envelope.type === 'StockReservationFailed'
    ? (envelope.data['shortages'] as readonly JsonObject[]).find((shortage) => shortage['product_id'] === productId)
    : undefined;

/** I-9: an order is refused for what is short when that is decided, and for nothing else. */
export const shortagesAreTrue = (ended: Ended): readonly Violation[] =>
  [...ended.database.stock.committed.values()].flatMap(({ productId }) => {
    let available = 0;
    return ofLedger(ended).flatMap((each): readonly Violation[] => {
      available += effectOf(each, productId);
      const shortage = shortageOf(each, productId);
      if (shortage === undefined) return [];
      if (shortage['available'] === available && Number(shortage['requested']) > available) return [];
      const what = `${available} were available, not as ${JSON.stringify(shortage)}`;
      return [{ rule: 'shortages are true', what, aggregateId: each.envelope.aggregateId }];
    });
  });

/** I-7, I-8, I-9: what is available is what the events add up to, at no moment below zero, and none is lost on the way. */
export const stockIsConserved = (ended: Ended): readonly Violation[] =>
  [...ended.database.stock.committed.values()].flatMap(({ productId, available, reserved, sold }) => {
    const effects = ofLedger(ended).map((each) => effectOf(each, productId));
    const delivered = ended.told
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
