import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { testDatabase } from '../../harness/support/servers.ts';
import { migrate, openDatabase } from '../database/index.ts';

const run = promisify(execFile);

it('npm run authenticate finds the payment at home write, wherever that is', async () => {
  await using shared = await testDatabase();
  await using write = await testDatabase();
  for (const { url } of [shared, write]) {
    await using database = openDatabase({ url, name: 'test', maxConnections: 1 });
    await migrate(database.db);
  }
  await using database = openDatabase({ url: write.url, name: 'test', maxConnections: 1 });
  await database.db
    .insertInto('write.simulated_charge')
    .values({
      idempotency_key: 'charge_1',
      order_id: 'order_1',
      amount: '1.00',
      currency: 'EUR',
      behaviour: 'asks',
      calls: 1,
      payment_id: 'pay_1',
      outcome: 'action_required',
    })
    .execute();
  const env = { DATABASE_URL: shared.url, PANIER_WRITE_DATABASE_URL: write.url };
  const { stdout } = await run(process.execPath, ['src/cli/authenticate.ts', 'simulated_secret_charge_1'], { env });
  expect(stdout).toBe('The payment is completed.\n');
});
