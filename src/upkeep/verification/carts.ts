import { sql } from 'kysely';
import { type Check, fixed, sqlCheck } from './check.ts';
import { DATA, dataOf } from './stored-json.ts';

const MERGED = fixed("(select * from write.journal where type = 'CartMerged' and not heard)");
const GAINED = fixed("(select * from write.journal where type = 'CartLinesMerged' and not heard)");

/** What the carts that were merged have seen of each item: how many there were from then on, or how many came to it. */
const CHANGE = sql`(
  select aggregate_id, sequence, ${DATA}->>'cart_item_id' as item, ${DATA}->>'product_id' as product, true as is_whole,
    case type when 'CartItemRemoved' then 0 else (${DATA}->>'quantity')::integer end as quantity
  from write.journal where type in ('CartItemAdded', 'CartItemQuantityChanged', 'CartItemRemoved')
    and aggregate_id in (select aggregate_id from ${MERGED} as merged)
  union all
  select aggregate_id, sequence, line->>'cart_item_id', line->>'product_id', false, (line->>'quantity')::integer
  from ${GAINED} as gained cross join json_array_elements(${DATA}->'lines') as line
  where aggregate_id in (select aggregate_id from ${MERGED} as merged)
)`;

/** How many of each item they had in the end. */
const ITEM = sql`(
  select aggregate_id, max(product) as product,
    coalesce(sum(quantity) filter (where is_whole and sequence = since), 0)
      + coalesce(sum(quantity) filter (where not is_whole and sequence > coalesce(since, 0)), 0) as quantity
  from (
    select *, max(sequence) filter (where is_whole) over (partition by aggregate_id, item) as since
    from ${CHANGE} as change
  ) as dated
  group by aggregate_id, item
)`;

const HELD = sql`(
  select aggregate_id, jsonb_object_agg(product, quantity) as products
  from ${ITEM} as item where quantity > 0 group by aggregate_id
)`;

const MOVED = sql`(
  select aggregate_id as into_id, ${DATA}->>'from_cart_id' as from_id, (
    select jsonb_object_agg(line->>'product_id', (line->>'quantity')::integer)
    from json_array_elements(${DATA}->'lines') as line
  ) as products
  from ${GAINED} as gained
)`;

const movedOnce = sqlCheck(
  { home: 'write', rule: 'the lines of a merged cart are in the one other cart that it names, all of them and once' },
  () => sql`
    select coalesce(merged.aggregate_id, moved.from_id) as name,
      coalesce(held.products::text, 'nothing') || ' to be moved, '
        || coalesce(moved.products::text || ' moved into ' || moved.into_id, 'nothing moved') as detail
    from ${MERGED} as merged
    left join ${HELD} as held on held.aggregate_id = merged.aggregate_id
    full join ${MOVED} as moved on moved.from_id = merged.aggregate_id
    where moved.into_id is distinct from ${dataOf('merged')}->>'into_cart_id'
      or moved.products is distinct from held.products`,
);

const closed = sqlCheck(
  { home: 'write', rule: 'nothing happens to a cart after it was merged' },
  () => sql`
    select later.aggregate_id as name, later.type || ' at ' || later.sequence as detail
    from ${MERGED} as merged
    join write.journal as later on later.aggregate_id = merged.aggregate_id and later.sequence > merged.sequence`,
);

const claimedOnce = sqlCheck(
  { home: 'write', rule: 'a visit is claimed by one customer, once' },
  () => sql`
    select aggregate_id as name, string_agg(${DATA}->>'customer_id', ', ' order by position) as detail
    from write.journal where type = 'VisitClaimed' and not heard
    group by aggregate_id having count(*) > 1`,
);

/** What claims move is neither lost nor doubled. */
export const CART_CHECKS: readonly Check[] = [movedOnce, closed, claimedOnce];
