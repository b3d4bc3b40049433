/** What a correlation may be: the id of a cart, an order, a product … */
const ID = /^(?:cart|order|prod|visit|dead)_/;

/**
 * Where the effects of an event may be: in its own saga, and in those of the things that it names. `CartCheckedOut`, which is of a
 * cart, has its effect in the saga of the order.
 */
export const sagasOfEffects = (event: {
  readonly correlationId: string;
  readonly data: unknown;
}): readonly string[] => {
  const { correlationId, data } = event;
  const named = typeof data === 'object' && data !== null ? Object.values(data) : [];
  const ids = named.filter((value) => typeof value === 'string' && ID.test(value)) as readonly string[];
  return [...new Set([correlationId, ...ids])].slice(0, 4);
};
