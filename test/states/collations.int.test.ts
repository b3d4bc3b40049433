import { Redis } from 'ioredis';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseLike } from '../../harness/support/database-like.ts';
import { customerReach } from '../../harness/support/reach.ts';
import { orderHistory, productHistory } from '../../harness/support/recorded.ts';
import { testRedis } from '../../harness/support/servers.ts';
import { openAudit } from '../../src/audit/index.ts';
import { type Database, migrate, openDatabase } from '../../src/database/index.ts';
import { compareCodePoints } from '../../src/events/index.ts';
import { openLogger } from '../../src/platform/index.ts';
import { openRead, type Page, type PageRequest, type Read, readProjections } from '../../src/read/index.ts';
import { postgresLedger } from '../../src/saga/index.ts';

const icu = (locale: string): string => `locale_provider icu icu_locale '${locale}' locale 'C' encoding 'UTF8'`;

/** Each orders the ids below otherwise than by code points, but for the last two. */
const COLLATIONS = [
  ['digits by their value', icu('en-u-kn-true')],
  ['upper case first', icu('en-u-kf-upper')],
  ['punctuation passed over', icu('en-u-ka-shifted')],
  ['as in Danish', icu('da-DK')],
  ['libc’s C', "locale_provider libc locale 'C' encoding 'UTF8'"],
  ['PostgreSQL’s own C.UTF-8', "locale_provider builtin builtin_locale 'C.UTF-8' locale 'C' encoding 'UTF8'"],
] as const;

const ENDS = [
  '1',
  '2',
  '9',
  '10',
  '010',
  '100',
  'a',
  'A',
  'b',
  'B',
  'a-b',
  'ab',
  'a.b',
  'a_b',
  'a:b',
  'aa',
  'AA',
  'z',
  'Z',
  '_',
  '-',
];
const ORDERS = ENDS.map((end) => `order_${end}`);
const PRODUCTS = ENDS.map((end) => `prod_${end}`);
const byCodePoints = (ids: readonly string[]): readonly string[] => ids.toSorted(compareCodePoints);
/** As products are: what begins with a digit by the number. */
const NUMBERS = ['1', '2', '9', '010', '10', '100'].map((end) => `prod_${end}`);
const IN_NATURAL_ORDER = byCodePoints(PRODUCTS).flatMap((id) => {
  if (id === NUMBERS[3]) return NUMBERS;
  return NUMBERS.includes(id) ? [] : [id];
});

type PageOf = (request: PageRequest) => Promise<Page<unknown>>;

interface Listed {
  readonly id?: string;
  readonly orderId?: string;
}

const idOf = ({ id, orderId }: Listed): string => id ?? orderId ?? '';

/** All that the pages hold, from the beginning to the end or back again. */
const walked = async (pageOf: PageOf, size: number, way: 'on' | 'back'): Promise<readonly string[]> => {
  const ids: string[] = [];
  let at: string | undefined;
  for (let pages = 0; pages <= ENDS.length; pages += 1) {
    const asked = way === 'on' ? { first: size, after: at } : { last: size, before: at };
    const { edges, hasNextPage, hasPreviousPage } = await pageOf(asked);
    const found = edges.map(({ node }) => idOf(node as Listed));
    if (way === 'on') ids.push(...found);
    else ids.unshift(...found);
    at = (way === 'on' ? edges.at(-1) : edges[0])?.cursor;
    if (!(way === 'on' ? hasNextPage : hasPreviousPage)) return ids;
  }
  return ids;
};

const LISTS: readonly (readonly [name: string, of: (read: Read) => PageOf, ids: readonly string[]])[] = [
  ['products', (read) => read.productPage, IN_NATURAL_ORDER],
  ['orders', (read) => (asked) => read.orderPage({ ...asked, reach: 'Everything' }), byCodePoints(ORDERS).toReversed()],
  [
    'orders of a customer',
    (read) => (asked) => read.orderPage({ ...asked, reach: customerReach('ada') }),
    byCodePoints(ORDERS).toReversed(),
  ],
  ['stuck orders', (read) => (asked) => read.stuckOrderPage({ ...asked, olderThanSeconds: 0 }), byCodePoints(ORDERS)],
  ['contradictions', (read) => read.contradictionPage, byCodePoints(ORDERS)],
];

/** Orders of one instant, each of them in every list. */
const fill = async (database: Database): Promise<void> => {
  const logger = openLogger('silent');
  const audit = openAudit({ database, projections: readProjections(), announce: async () => {}, logger });
  await audit.handle(ORDERS.flatMap((id) => orderHistory(id, 'Confirmed', 'ada')));
  await audit.handle(PRODUCTS.flatMap((id) => productHistory(id)));
  await sql`update read."order" set is_complete = false, payable_until = null, contradictions = json_build_object('more', 0,
    'listed', json_build_array(json_build_object('reason', 'a test', 'eventId',
      (select event_id from audit.event_store where aggregate_id = "order".id order by position limit 1))))`.execute(
    database.db,
  );
};

describe.each(COLLATIONS)('in a database that orders texts in its own way: %s', (_name, how) => {
  const resources = new AsyncDisposableStack();
  let database: Database;
  let read: Read;

  beforeAll(async () => {
    const { url } = resources.use(await databaseLike(how));
    database = resources.use(openDatabase({ url, name: 'test', maxConnections: 4 }));
    await migrate(database.db);
    await fill(database);
    const redis = resources.adopt(new Redis(resources.use(await testRedis()).url), (client) => client.disconnect());
    read = resources.use(openRead({ db: database.db, redis, logger: openLogger('silent') }));
  });
  afterAll(() => resources.disposeAsync());

  it.each(LISTS)(
    'pages of %s leave nothing out and repeat nothing, on and back, in the order of code points',
    async (_list, of, ids) => {
      for (const size of [1, 2, 5, 100]) {
        expect(await walked(of(read), size, 'on')).toEqual(ids);
        expect(await walked(of(read), size, 'back')).toEqual(ids);
      }
    },
  );

  it('rows are made and locked in the order of code points, however they are named', async () => {
    const named = [...PRODUCTS.slice(7), ...PRODUCTS.slice(0, 7)];
    const orders = [...ORDERS.slice(7), ...ORDERS.slice(0, 7)];
    await sql`insert into saga.reservation (order_id, state, lines, version)
      select id, 'Held', '[]', 1 from unnest(${orders}::text[]) as reserved (id)`.execute(database.db);
    const locked = await postgresLedger(database).transaction(async (tx) => {
      await tx.createStock(named);
      return { stock: await tx.lockStock(named), reservations: await tx.lockReservations(orders) };
    });
    expect([...locked.stock.keys()]).toEqual(byCodePoints(PRODUCTS));
    expect([...locked.reservations.keys()]).toEqual(byCodePoints(ORDERS));
    const { rows } = await sql<{ id: string }>`select product_id as id from saga.stock order by ctid`.execute(
      database.db,
    );
    expect(rows.map(({ id }) => id)).toEqual(byCodePoints(PRODUCTS));
  });
});
