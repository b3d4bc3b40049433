import { type Db, statement } from '../../database/index.ts';

/** A cart that is neither checked out nor merged. */
export interface FoundCart {
  readonly id: string;
  /** The visit that it came by; null for a cart that was the customer's from the start. */
  readonly visitorId: string | null;
}

/** More than anybody has open; the newest are found. */
const MAX_OPEN_CARTS = 100;

const DATA = 'public.panier_readable(data)';

// Each condition as its index says it (journal_by_customer, journal_by_visitor): said otherwise, the whole journal would be
// read. A cart that is closed has no event after the one that closed it.
const OPEN_CARTS = statement<FoundCart>(String.raw`
  with own as (
    select position, type, aggregate_id from write.journal
    where type in ('CartCreated', 'VisitClaimed') and ${DATA}->>'customer_id' = $1
  ), cart as (
    select position, aggregate_id, null as visitor_id from own where type = 'CartCreated'
    union all
    select created.position, created.aggregate_id, own.aggregate_id from own cross join lateral (
      select position, aggregate_id from write.journal
      where type = 'CartCreated' and ${DATA}->>'customer_id' is null
        and ${DATA}->>'session_id' like 'visit\_%' and ${DATA}->>'session_id' = own.aggregate_id
      offset 0
    ) as created
    where own.type = 'VisitClaimed'
  )
  select cart.aggregate_id as id, cart.visitor_id as "visitorId"
  from cart cross join lateral (
    select type from write.journal where aggregate_id = cart.aggregate_id order by sequence desc limit 1
  ) as newest
  where newest.type not in ('CartCheckedOut', 'CartMerged')
  order by cart.position desc limit ${MAX_OPEN_CARTS}`);

/** The open carts of a customer, their own and those of visits that they have claimed; the newest first. */
export const openCartsOf = (db: Db, customerId: string): Promise<readonly FoundCart[]> => OPEN_CARTS(db, [customerId]);
