import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { testDatabase } from '../../harness/support/servers.ts';
import { startProxy } from '../../harness/support/tcp-proxy.ts';
import { openLogger, sleep } from '../platform/index.ts';
import { Lineage } from './lineage.ts';
import { openDatabase } from './open.ts';
import { standingOf } from './standing.ts';

const placeOf = async (url: string) => {
  await using database = openDatabase({ url, name: 'lineage test', maxConnections: 1 });
  const { system = '', timeline = 0 } = (await standingOf(database.db)) ?? {};
  return { system, timeline };
};

it('whoever asks a former primary is told so, also when that falls silent just then', async () => {
  await using server = await testDatabase();
  await using proxy = await startProxy(server.url);
  const lineage = new Lineage(openLogger('error', { destination: { write: () => proxy.openHole() } }));
  const { system, timeline } = await placeOf(server.url);
  lineage.learn({ system, timeline: timeline + 1 });
  await using former = openDatabase({ url: proxy.url, name: 'lineage test', maxConnections: 1, lineage });
  const asked = sql`select`.execute(former.db).then(
    () => 'answered',
    (error: Error) => error.name,
  );
  expect(await Promise.race([asked, sleep(2_000).then(() => 'waits still')])).toBe('FormerPrimary');
});
