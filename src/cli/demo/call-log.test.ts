import { expect, it } from 'vitest';
import { openCallLog } from './call-log.ts';

it('shows the calls to an inventory as they are logged, and no other line', () => {
  const shown: string[] = [];
  const { logger, calls } = openCallLog((call) => shown.push(call));
  const taken = 'PUT http://127.0.0.1:4101/stock/products/prod_2/stock/reduce 200 OK';
  const lost = 'PUT http://127.0.0.1:4101/stock/products/prod_2/stock/increase no answer (ECONNRESET)';
  logger.info({ quantity: 1 }, taken);
  logger.info('the relay leads');
  logger.info('PUT http://127.0.0.1:4101/elsewhere 200 OK');
  logger.info(lost);
  expect(shown).toEqual([taken, lost]);
  expect(calls).toEqual(shown);
});
