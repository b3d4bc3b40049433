import { answerOf, subjectOf } from '../shop/index.ts';
import type { Evidence } from './evidence.ts';
import { gaveBack, quantities, storiesOf } from './order-story.ts';
import type { Event, Stock } from './records.ts';
import { type Check, trailOf, type Violation } from './violation.ts';

/** What an event does to what is available, by product. */
const movesOf = ({ type, data }: Event): ReadonlyMap<string, number> => {
  if (type === 'StockAdjusted') return new Map([[data.product_id ?? '', data.delta ?? 0]]);
  const sign = type === 'StockReserved' ? -1 : type === 'StockCompensated' ? 1 : 0;
  return new Map([...quantities(data.lines ?? [])].map(([productId, quantity]) => [productId, sign * quantity]));
};

const movers = ({ journals }: Evidence): readonly Event[] =>
  journals.saga.filter(
    ({ type }) => type === 'StockAdjusted' || type === 'StockReserved' || type === 'StockCompensated',
  );

const trailOfProduct = (evidence: Evidence, productId: string, until = Number.POSITIVE_INFINITY): readonly string[] =>
  trailOf(movers(evidence).filter((event) => event.position <= until && movesOf(event).has(productId)));

/** At no moment was more reserved than there was. */
export const neverOversold: Check = (evidence) => {
  const available = new Map<string, number>();
  const violations: Violation[] = [];
  for (const event of movers(evidence)) {
    for (const [productId, change] of movesOf(event)) {
      const left = (available.get(productId) ?? 0) + change;
      available.set(productId, left);
      const trail = left < 0 ? trailOfProduct(evidence, productId, event.position) : [];
      if (left < 0) violations.push({ invariant: 'I-9', subject: productId, message: `${left} available`, trail });
    }
  }
  return violations;
};

/** An order is refused for what is short when that is decided, and for nothing else. */
export const shortagesAreTrue: Check = (evidence) => {
  const available = new Map<string, number>();
  return evidence.journals.saga.flatMap((event): readonly Violation[] => {
    for (const [id, change] of movesOf(event)) available.set(id, (available.get(id) ?? 0) + change);
    if (event.type !== 'StockReservationFailed') return [];
    return (event.data.shortages ?? []).flatMap(({ product_id: subject, requested, available: said }) => {
      const is = available.get(subject) ?? 0;
      if (said === is && requested > is) return [];
      const message = `${event.aggregate_id} was refused ${requested} as though ${said} were available: ${is} were`;
      return [{ invariant: 'I-9', subject, message, trail: trailOfProduct(evidence, subject, event.position) }];
    });
  });
};

/** What must be where, by the events alone. */
export const expectedStock = (evidence: Evidence): ReadonlyMap<string, Stock> => {
  const levels = new Map<string, Stock>();
  const move = (productId: string, place: 'available' | 'reserved' | 'sold', change: number): void => {
    const level = levels.get(productId) ?? { product_id: productId, available: 0, reserved: 0, sold: 0 };
    levels.set(productId, { ...level, [place]: level[place] + change });
  };
  for (const event of movers(evidence)) for (const [id, change] of movesOf(event)) move(id, 'available', change);
  for (const story of storiesOf(evidence)) {
    const [reserved] = story.of('StockReserved');
    if (reserved === undefined || gaveBack(story)) continue;
    const place = story.has('OrderConfirmed') ? 'sold' : 'reserved';
    for (const [id, quantity] of quantities(reserved.data.lines ?? [])) move(id, place, quantity);
  }
  return levels;
};

export const describeStock = ({ available, reserved, sold }: Omit<Stock, 'product_id'>): string =>
  `${available} available, ${reserved} reserved, ${sold} sold`;

/** The stock, in the saga's books and as the API shows it, is what the events add up to. */
export const conservation: Check = (evidence) => {
  const booked = new Map(evidence.stock.map((stock) => [stock.product_id, stock]));
  return [...expectedStock(evidence)].flatMap(([subject, expected]) => {
    const trail = (): readonly string[] => trailOfProduct(evidence, subject);
    const places = [
      ['I-7', 'the books', booked.get(subject)],
      ['I-14', 'the API', evidence.models.products.get(subject)],
    ] as const;
    return places.flatMap(([invariant, where, found]) => {
      if (found !== undefined && describeStock(found) === describeStock(expected)) return [];
      const message = `${where}: ${found ? describeStock(found) : 'nothing'}; by the events ${describeStock(expected)}`;
      return [{ invariant, subject, message, trail: trail() }];
    });
  });
};

/** Every delivery that was acknowledged came in, once. */
export const deliveriesCount: Check = (evidence) => {
  const wanted = new Map<string, number>();
  for (const command of evidence.commands) {
    if (command.name !== 'adjustStock' || answerOf(command)?.__typename !== 'Product') continue;
    const productId = subjectOf(command);
    wanted.set(productId, (wanted.get(productId) ?? 0) + (command.input.delta ?? 0));
  }
  const doubtful = new Set(evidence.unresolved.map(({ input }) => input.productId));
  const adjusted = evidence.journals.saga.filter(({ type }) => type === 'StockAdjusted');
  return [...wanted].flatMap(([subject, sum]) => {
    const events = adjusted.filter(({ data }) => data.product_id === subject);
    const found = events.reduce((total, { data }) => total + (data.delta ?? 0), 0);
    if (found === sum || doubtful.has(subject)) return [];
    return [{ invariant: 'I-2', subject, message: `${sum} delivered, ${found} recorded`, trail: trailOf(events) }];
  });
};
