import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { type TestRedis, testRedis } from '../../harness/support/servers.ts';
import { openLogger } from '../platform/index.ts';
import { ForeignRedis, type OwnedRedis, Ownership, openOwnedRedis } from './index.ts';

const MARK = { journal: 'write', stream: 'carts', key: 'carts:published:write' };
const LOST = '9:1-0:';

let opened: AsyncDisposableStack;
let redis: TestRedis;

beforeAll(async () => {
  opened = new AsyncDisposableStack();
  redis = opened.use(await testRedis());
});

afterAll(() => opened.disposeAsync());

const whole = new Ownership({
  databaseId: '11111111-1111-1111-1111-111111111111',
  marks: [MARK],
  objection: async (found) => (found.some(({ mark }) => mark === LOST) ? 'Redis is newer than the database' : null),
  logger: openLogger('silent'),
});

const open = (ownership: Ownership): OwnedRedis =>
  opened.adopt(openOwnedRedis({ url: redis.url, prefix: '', ownership }), (each) => each.disconnect());

/** As a connection answers that is there: one that was refused is made anew. */
const refusalOf = (ask: () => Promise<unknown>): Promise<string> =>
  eventually(async () => {
    const outcome = await ask().catch((error: unknown) => error);
    if (outcome instanceof Error && !(outcome instanceof ForeignRedis)) throw outcome;
    return outcome instanceof Error ? outcome.message : 'none';
  });

it('is known to one that sees no marks by one that sees them, and not the other way round', async () => {
  const [all, none] = [open(whole), open(whole.seenBy(() => []))];
  await all.examine();
  await none.set('before', '');
  await all.set(MARK.key, LOST);
  expect(await refusalOf(() => all.examine())).toContain('newer');
  expect(await refusalOf(() => none.examine())).toContain('newer');
  expect(whole.problem).toContain('newer');
  expect(await refusalOf(() => none.get('before'))).toContain('newer');
  expect(await refusalOf(() => all.get('before'))).toContain('newer');
  await open(new Ownership({ ...whole.parts, objection: async () => null })).del(MARK.key);
  expect(await refusalOf(() => none.get('before'))).toContain('newer');
  expect(await refusalOf(() => all.examine())).toBe('none');
  expect(await none.get('before')).toBe('');
  expect(await all.get('before')).toBe('');
});
