import { sql } from 'kysely';
import { isFinal, keyOfOwner, type OrderFailureReason, type OrderStatus, type Reach } from '../../events/index.ts';
import { whereReached } from '../../projection/index.ts';
import type { Condition, Source, Span } from '../merged-lists.ts';
import { rarestFirst, wordsOf } from '../words.ts';
import { productTerm, reasonTerm, statusTerm, wordTerm } from './terms.ts';

/** Which orders, by when they were created among others; what is left out, or null, fits all. */
export interface OrderFilter extends Span {
  readonly customerId?: string | null | undefined;
  readonly productId?: string | null | undefined;
  readonly failureReason?: OrderFailureReason | null | undefined;
  /** All of its words are in the failure's message. */
  readonly failure?: string | null | undefined;
}

export interface OrderRequest {
  /** Only those that it reaches. */
  readonly reach: Reach;
  readonly status?: readonly OrderStatus[] | null | undefined;
  readonly filter?: OrderFilter | null | undefined;
}

const ORDERS: Omit<Source, 'conditions'> = { from: sql`read."order" as listed`, id: sql`listed.id` };
const TERMS: Omit<Source, 'conditions'> = { from: sql`read.order_term as listed`, id: sql`listed.order_id` };

const hasTerm = (term: string): Condition => sql`listed.term = ${term}`;

// Fenced, so that it is looked up for each row of the list that leads; else the planner may take another list to lead.
const alsoHasTerm =
  ({ id }: Pick<Source, 'id'>) =>
  (term: string): Condition =>
    sql`exists (select from read.order_term as other
      where other.order_id = ${id} and other.term = ${term} offset 0)`;

const ofOrder = (conditions: readonly Condition[]): readonly Condition[] =>
  conditions.length === 0
    ? []
    : [
        sql`exists (select from read."order" as found
          where found.id = listed.order_id and ${sql.join(conditions, sql` and `)} offset 0)`,
      ];

/** Each of which an order must have; the first leads. */
const termsIn = ({ productId, failure, failureReason }: OrderFilter): readonly string[] => [
  ...(productId == null ? [] : [productTerm(productId)]),
  ...(failure == null ? [] : rarestFirst(wordsOf(failure)).map(wordTerm)),
  ...(failureReason == null ? [] : [reasonTerm(failureReason)]),
];

const ownedBy = (customerId: string | null | undefined): readonly Condition[] =>
  customerId == null ? [] : [sql`owner = ${keyOfOwner({ kind: 'Customer', customerId })}`];

const statusIn = (statuses: readonly OrderStatus[] | null): readonly Condition[] =>
  statuses === null ? [] : [sql`status = any(${[...statuses]}::text[])`];

const IS_CREATED = sql`listed.created_at is not null`;
// As the index order_open says it: said otherwise, every order there ever was would be read.
const IS_OPEN = sql`not is_complete`;

/** A list for each status that stays, and one of the open orders for those that pass. */
const byStatus = (statuses: readonly OrderStatus[]): readonly Source[] => {
  const passing = statuses.filter((status) => !isFinal(status));
  const lasting = [...new Set(statuses.filter(isFinal))];
  return [
    ...lasting.map((status) => ({ ...TERMS, conditions: [hasTerm(statusTerm(status))] })),
    ...(passing.length === 0 ? [] : [{ ...ORDERS, conditions: [IS_CREATED, IS_OPEN, ...statusIn(passing)] }]),
  ];
};

/** The lists that the page is made of: every order that fits is in one of them. The narrowest list that there is leads: an owner's, else a term's, else those of the statuses, else that of all. */
export const sourcesOf = ({ reach, status = null, filter }: OrderRequest): readonly Source[] => {
  const owned = [...whereReached(reach), ...ownedBy(filter?.customerId)];
  const [leading, ...others] = termsIn(filter ?? {});
  if (owned.length > 0) {
    const terms = leading === undefined ? [] : [leading, ...others].map(alsoHasTerm(ORDERS));
    return [{ ...ORDERS, conditions: [IS_CREATED, ...owned, ...statusIn(status), ...terms] }];
  }
  if (leading !== undefined)
    return [
      { ...TERMS, conditions: [hasTerm(leading), ...others.map(alsoHasTerm(TERMS)), ...ofOrder(statusIn(status))] },
    ];
  return status === null ? [{ ...ORDERS, conditions: [IS_CREATED] }] : byStatus(status);
};
