import { aggregateIds, byAggregate, folded, type ReadModel, type Table } from '../../projection/index.ts';

/** A visit that a customer has claimed: whatever was the visitor's is theirs. */
export interface ClaimedVisit {
  readonly id: string;
  readonly customerId: string;
}

export const VISIT: Table<ClaimedVisit> = {
  name: 'visit',
  key: ['id'],
  columns: { id: 'text', customerId: 'text' },
};

/** One row per visit that was claimed: the first claim stands. Carts and orders look here, and are told of what is new. */
export const VISITS: ReadModel<'visits'> = {
  name: 'visits',
  version: 1,
  tables: [VISIT],
  concerns: { Visit: 'Itself' },
  projection: (storage) => {
    const rows = storage.rows(VISIT);
    return async (tx, { batch }) => {
      const ids = aggregateIds(batch, 'Visit');
      if (ids.length === 0) return async () => folded();
      const known = new Set((await rows.load(tx, ids)).map(({ id }) => id));
      return async (events) => {
        const claimed = [...byAggregate(events, 'Visit')].flatMap(([id, [first]]) =>
          first === undefined || known.has(id) ? [] : [{ id, customerId: first.event.data.customerId }],
        );
        return folded(
          claimed.map(({ id }) => id),
          rows.insert(tx, claimed),
        );
      };
    };
  },
};
