import { sql } from 'kysely';
import { type Check, sqlCheck } from './check.ts';

/** Whatever others say, it breaks no rule: it is kept, changes nothing, and is to be known of. */
export const CONTRADICTION_CHECK: Check = {
  ...sqlCheck(
    'all that was said of orders is believed',
    () => sql`
      select id || ' ' || (item->>'eventId') as name, item->>'reason' as detail
      from read."order" cross join json_array_elements(contradictions->'listed') as item
      where contradictions is not null
      union all
      select id || ' more', (contradictions->>'more') || ' more are not listed' from read."order"
      where contradictions is not null and (contradictions->>'more')::integer > 0`,
  ),
  isRemark: true,
};
