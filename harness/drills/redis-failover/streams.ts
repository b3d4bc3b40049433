import type { Redis } from 'ioredis';
import { STREAMS } from '../../chaos/stage/index.ts';

/** How many entries were ever added to panier's streams there. */
export const entriesAdded = async (client: Redis): Promise<number> => {
  let sum = 0;
  for (const stream of STREAMS) {
    const info = (await client.xinfo('STREAM', stream)) as readonly unknown[];
    sum += Number(info[info.indexOf('entries-added') + 1]);
  }
  return sum;
};

/** How often it was asked to read or write what panier keeps there. Sentinels publish, too: that is not counted. */
export const timesAsked = async (client: Redis): Promise<number> => {
  const stats = await client.info('commandstats');
  const calls = [...stats.matchAll(/^cmdstat_(?:xreadgroup|xack|xclaim|xadd|eval|set):calls=(\d+)/gm)];
  return calls.reduce((sum, [, count]) => sum + Number(count), 0);
};

export const isMaster = async (client: Redis): Promise<boolean> =>
  /^role:master/m.test(await client.info('replication'));

/** What somebody writes who was cut off together with an old master; whoever reads it makes a dead letter of it. */
export const writeAnotherHistory = (client: Redis): Promise<unknown> =>
  client.xadd('ecommerce.orders.events', '*', 'event_id', 'event_of_another_history', 'event_type', 'Nonsense');
