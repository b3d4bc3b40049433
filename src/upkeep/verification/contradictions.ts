import { sql } from 'kysely';
import { SOLE_SPEAKERS } from '../../events/index.ts';
import { type Check, sqlCheck } from './check.ts';

const SPEAKERS = sql.join(SOLE_SPEAKERS.map((each) => sql`(${sql.join(each.map((word) => sql.lit(word)))})`));

/** Whatever others say, it breaks no rule: it is kept, changes nothing, and is to be known of. */
export const CONTRADICTION_CHECK: Check = {
  ...sqlCheck(
    { home: 'audit', rule: 'all that was said of orders is believed, and of carts and products' },
    () => sql`
      select id || ' ' || (item->>'eventId') as name, item->>'reason' as detail
      from read."order" cross join json_array_elements(contradictions->'listed') as item
      where contradictions is not null
      union all
      select id || ' more', (contradictions->>'more') || ' more are not listed' from read."order"
      where contradictions is not null and (contradictions->>'more')::integer > 0
      union all
      select aggregate_id || ' ' || event_id, type || ' is for ' || speaker || ' to say: nothing changed.'
      from audit.event_store join (values ${SPEAKERS}) as said (type, speaker) using (type)
      where aggregate_type <> 'Order' and producer <> speaker`,
  ),
  isRemark: true,
};
