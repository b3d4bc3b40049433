import { statement, type Tx } from '../database/index.ts';

const EXPIRED = statement('delete from webhook.secret where endpoint_id = $1 and expires_at <= now()');

// The one before goes on for a while; an older one, that was still going on, ends.
const EXPIRE = statement(`
  update webhook.secret
  set expires_at = case when expires_at is null then now() + $2::integer * interval '1 hour' else now() end
  where endpoint_id = $1`);

const INSERT = statement('insert into webhook.secret (endpoint_id, secret) values ($1, $2)');

/** Puts a secret in the place of the one before, which signs beside it for so many hours: two at most. */
export const replaceSecret = async (
  tx: Tx,
  endpointId: string,
  { secret, overlapHours }: { readonly secret: string; readonly overlapHours: number },
): Promise<void> => {
  await EXPIRED(tx, [endpointId]);
  await EXPIRE(tx, [endpointId, overlapHours]);
  await INSERT(tx, [endpointId, secret]);
};
