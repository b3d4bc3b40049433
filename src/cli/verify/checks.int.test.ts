import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../../harness/support/eventually.ts';
import { onOneServer } from '../../../harness/support/one-server.ts';
import { paymentSucceeded, say, WORDS } from '../../../test/e2e/other-service.ts';
import { startPanier, type TestPanier } from '../../../test/e2e/panier.ts';
import { ends, fillCart, placeOrder, reaches, shelve } from '../../../test/e2e/shop.ts';
import type { Tables } from '../../database/index.ts';
import { newId, STREAMS, UNPARTITIONED } from '../../events/index.ts';
import { groupsByStream } from '../../roles/index.ts';
import { CHECKS, type Check, type Finding, isBroken, runChecks } from '../../upkeep/index.ts';
import { accepted, CancelOrderDocument } from '../client.ts';

let panier: TestPanier;
let orders: Readonly<Record<'confirmed' | 'declined' | 'rejected' | 'refunded' | 'waiting', string>>;
let productId: string;
const groups = groupsByStream(UNPARTITIONED);

/** A visit of two carts, of which one goes into the other, and that into the customer's own. */
const claim = async (): Promise<void> => {
  const client = panier.client();
  const visitorId = newId('Visit');
  const asked = { idempotencyKey: null, traceparent: null, reach: 'Nothing' } as const;
  for (const quantity of [2, 3]) await fillCart(client, [{ productId, quantity }], { sessionId: visitorId });
  await panier.panier.write.claimCarts({ visitorId, customerId: 'ada' }, asked);
  await fillCart(client, [{ productId, quantity: 4 }], { customerId: 'ada' });
  await panier.panier.write.claimCarts({ visitorId, customerId: 'ada' }, asked);
};

/** One order of every fate, all of them come to rest. */
const history = async (): Promise<typeof orders> => {
  const client = panier.client();
  productId = await shelve(client, 20);
  const other = await shelve(client, 20, '3.99');
  const lines = [
    { productId, quantity: 2 },
    { productId: other, quantity: 1 },
  ];
  const confirmed = await placeOrder(client, lines, { paymentMethod: 'pm_card_visa' });
  const declined = await placeOrder(client, lines, { paymentMethod: 'pm_card_chargeDeclined' });
  const rejected = await placeOrder(client, [{ productId, quantity: 900 }], { paymentMethod: 'pm_card_visa' });
  const refunded = await placeOrder(client, [{ productId, quantity: 1 }]);
  const waiting = await placeOrder(client, [{ productId, quantity: 1 }]);
  await reaches(client, refunded, 'AWAITING_PAYMENT');
  accepted((await client.request(CancelOrderDocument, { input: { orderId: refunded } })).cancelOrder);
  await say(panier.redis, paymentSucceeded(refunded));
  for (const id of [confirmed, declined, rejected, refunded]) await ends(client, id);
  await eventually(async () => {
    const { rows } = await sql`select from audit.event_store where type = 'PaymentRefunded'`.execute(panier.db);
    expect(rows).toHaveLength(1);
  });
  await reaches(client, waiting, 'AWAITING_PAYMENT');
  await fillCart(client, lines);
  await claim();
  return { confirmed, declined, rejected, refunded, waiting };
};

const find = (check: Check, session: Kysely<Tables>, among: readonly string[] | null = null): Promise<Finding> =>
  check.find(
    { sessions: onOneServer(session), db: panier.db, redis: panier.redis, graceSeconds: 0, groups, onShare: () => {} },
    among,
  );

const ruled = (words: string): Check => {
  const [check, ...others] = CHECKS.filter(({ rule }) => rule.includes(words));
  if (check === undefined || others.length > 0) throw new Error(`"${words}" names no rule, or several`);
  return check;
};

beforeAll(async () => {
  panier = await startPanier();
  orders = await history();
}, 60_000);
afterAll(() => panier[Symbol.asyncDispose]());

describe('a panier that came to rest', () => {
  it.each(CHECKS.map((check) => [check.rule, check] as const))('holds: %s', async (_rule, check) => {
    await eventually(async () => expect(await find(check, panier.db)).toEqual({ count: 0, offenders: [] }));
  });
});

class RollBack extends Error {}

/** What a check finds in a database that was damaged so; the damage is undone. */
const findIn = async (check: Check, damage: string): Promise<Finding> => {
  let found: Finding = { count: 0, offenders: [] };
  const damaged = panier.db.transaction().execute(async (tx) => {
    for (const journal of ['write.journal', 'saga.journal', 'audit.event_store'])
      await sql.raw(`alter table ${journal} disable trigger keep_forever`).execute(tx);
    await sql.raw(damage.replaceAll(/\$(\w+)/g, (_, name: keyof typeof orders) => orders[name])).execute(tx);
    found = await find(check, tx);
    throw new RollBack();
  });
  await expect(damaged).rejects.toBeInstanceOf(RollBack);
  return found;
};

const COPY = `insert into write.journal (sequence, event_id, type, stream, occurred_at, aggregate_type, aggregate_id,
  version, correlation_id, producer, producer_instance, schema_version, data)
  select (select max(sequence) + 1 from write.journal where aggregate_id = copied.aggregate_id), 'event_copy', type,
  stream, occurred_at, aggregate_type, aggregate_id, version, correlation_id, producer, producer_instance,
  schema_version, data from (select * from write.journal where not heard) as copied`;

const A_MERGE = "(select aggregate_id from write.journal where type = 'CartMerged' order by position limit 1)";
const A_CLAIM = "(select aggregate_id from write.journal where type = 'VisitClaimed')";

const DAMAGES: readonly (readonly [rule: string, name: string, damage: string])[] = [
  [
    'every event of a journal is in',
    'StockReserved',
    `delete from audit.event_store where aggregate_id = '$confirmed' and type = 'StockReserved'`,
  ],
  [
    'has heard of is in',
    'StockReserved',
    `delete from audit.event_store where aggregate_id = '$declined' and type = 'StockReserved'`,
  ],
  [
    'is in the partition of its aggregate',
    'is in partition 3',
    `update audit.event_store set partition = 3 where position = (select max(position) from audit.event_store)`,
  ],
  [
    'taken in of an order later stands behind',
    '$confirmed from step 2',
    `update read.order_step set event_position = 0 where order_id = '$confirmed' and revision = 2`,
  ],
  [
    'bears the name of panier',
    'OrderConfirmed',
    `delete from write.journal where aggregate_id = '$confirmed' and type = 'OrderConfirmed'`,
  ],
  [
    'says the same',
    'OrderCreated',
    `update audit.event_store set data = '{"order_id":"x"}' where aggregate_id = '$confirmed' and type = 'OrderCreated'`,
  ],
  [
    'lines of a merged cart',
    'cart_',
    `update write.journal set data = replace(data::text, '"quantity":2', '"quantity":1')::json where type = 'CartLinesMerged'`,
  ],
  [
    'lines of a merged cart',
    'cart_',
    `update write.journal set data = '{"cart_item_id":"1","quantity":7}', type = 'CartItemQuantityChanged'
     where type = 'CartMerged' and aggregate_id = ${A_MERGE}`,
  ],
  ['after it was merged', 'cart_', `${COPY} where type = 'CartItemAdded' and aggregate_id = ${A_MERGE}`],
  [
    'orders counted by status',
    'CONFIRMED',
    "update read.order_count set orders = orders + 1 where status = 'CONFIRMED'",
  ],
  ['orders counted by status', 'CANCELLED', "delete from read.order_count where status = 'CANCELLED'"],
  ['claimed by one customer', 'visit_', `${COPY} where type = 'VisitClaimed' and aggregate_id = ${A_CLAIM}`],
  [
    'versions in the event store',
    '$confirmed',
    `delete from audit.event_store where aggregate_id = '$confirmed' and type = 'OrderCreated'`,
  ],
  [
    'versions in the write journal',
    '$confirmed',
    `${COPY} where aggregate_id = '$confirmed' and type = 'OrderCreated'`,
  ],
  [
    'versions in the saga journal',
    '$declined',
    `update saga.journal set sequence = 7 where aggregate_id = '$declined' and type = 'StockCompensated'`,
  ],
  ['given back and ended once', '$confirmed', `${COPY} where aggregate_id = '$confirmed' and type = 'OrderConfirmed'`],
  [
    'has one end',
    '$confirmed',
    `${COPY} where aggregate_id = '$confirmed' and type = 'OrderCreated';
     update write.journal set type = 'OrderCancelled' where event_id = 'event_copy'`,
  ],
  [
    'is reserved and paid',
    '$confirmed',
    `delete from audit.event_store where aggregate_id = '$confirmed' and type = 'PaymentSucceeded'`,
  ],
  [
    'all of its lines or none',
    '$declined',
    `update saga.journal set data = jsonb_set(data::jsonb, '{lines,0,quantity}', '1')::json
     where aggregate_id = '$declined' and type = 'StockCompensated'`,
  ],
  [
    'a cart becomes one order',
    'cart',
    `${COPY} where aggregate_id = '$confirmed' and type = 'OrderCreated';
     update write.journal set aggregate_id = 'order_second' where event_id = 'event_copy'`,
  ],
  [
    'sum of its lines',
    '$confirmed',
    `update write.journal set data = jsonb_set(data::jsonb, '{total_amount}', '"1.00"')::json
     where aggregate_id = '$confirmed' and type = 'OrderCreated'`,
  ],
  [
    'what was put in and what orders hold',
    'prod',
    `update saga.reservation set intent = '{}' where order_id = '$waiting'`,
  ],
  ['what was put in and what orders hold', 'prod', `update saga.stock set available = available + 1 where sold > 0`],
  ['what the saga has said', '$declined', `update saga.reservation set state = 'Held' where order_id = '$declined'`],
  [
    'at an inventory elsewhere, or none',
    '$confirmed Sold, Take, prod_1 Unknown',
    `update saga.reservation set intent = '{"direction":"Take","lines":[{"productId":"prod_1","state":"Unknown"}]}'
     where order_id = '$confirmed'`,
  ],
  [
    'at an inventory elsewhere, or none',
    '$declined Released, GiveBack, prod_1 Taken',
    `update saga.reservation set intent = '{"direction":"GiveBack","lines":[{"productId":"prod_1","state":"Taken"}]}'
     where order_id = '$declined'`,
  ],
  [
    'elsewhere that are due are made',
    '$waiting',
    `insert into saga.remote_task (order_id, due_at, answer_by)
     values ('$waiting', now() - interval '1 minute', now() + interval '1 hour')`,
  ],
  ['is in the ledger', 'event', 'delete from saga.adjustment'],
  ['that the event store adds up to', 'prod', 'update read.product set sold = sold + 1'],
  ['holds no stock', '$declined', `update saga.reservation set state = 'Held' where order_id = '$declined'`],
  ['every payment a charge', 'pay', `delete from write.simulated_charge where order_id = '$confirmed'`],
  ['every charge given back', 'pay', `update write.simulated_charge set refunded = true where order_id = '$confirmed'`],
  [
    'keeps no money',
    '$refunded',
    `delete from audit.event_store where aggregate_id = '$refunded' and type = 'PaymentRefunded'`,
  ],
  [
    'the outbox of the write journal',
    'event',
    `insert into write.outbox select max(position), now() - interval '1 minute' from write.journal where not heard`,
  ],
  [
    'the outbox of the saga journal',
    'event',
    `insert into saga.outbox select max(position), now() - interval '1 minute' from saga.journal`,
  ],
  [
    'in an outbox can be read',
    'waits behind it',
    `update saga.journal set occurred_at = 'infinity' where aggregate_id = '$confirmed';
     insert into saga.outbox select max(position) from saga.journal where aggregate_id = '$confirmed'`,
  ],
  [
    'text that can be read',
    'OrderCreated of $confirmed',
    `update audit.event_store set data = '{"customer_id":"\\ud800x"}' where aggregate_id = '$confirmed'`,
  ],
  [
    'that are due are done',
    '$waiting',
    `update write.task set due_at = now() - interval '1 minute' where order_id = '$waiting'`,
  ],
  [
    'was said of orders is believed',
    '$confirmed event_9',
    `update read."order" set contradictions = '{"listed":[{"eventId":"event_9","reason":"No."}],"more":3}'
     where id = '$confirmed'`,
  ],
  [
    'no payment method is kept',
    '$declined',
    `insert into write.payment_method (order_id, reference) values ('$declined', 'pm_of_a_decided_order')`,
  ],
  ['every order moves on', '$confirmed', `update read."order" set is_complete = false where id = '$confirmed'`],
  [
    'no dead letter',
    'dead',
    `insert into bus.dead_letter (consumer_group, stream, entry_id, fields, error, deliveries)
     values ('shop', 'ecommerce.orders.events', '1-0', '[]', 'cannot be read', 1)`,
  ],
];

describe('a panier of whose orders others say whatever they like', () => {
  beforeAll(async () => {
    for (const orderId of [orders.confirmed, orders.declined, orders.rejected])
      for (const word of Object.values(WORDS)) await say(panier.redis, word(orderId, productId));
  });

  it.each(CHECKS.filter(({ isRemark }) => isRemark !== true).map((check) => [check.rule, check] as const))(
    'still holds: %s',
    async (_rule, check) => {
      await eventually(async () => expect(await find(check, panier.db)).toEqual({ count: 0, offenders: [] }));
    },
  );
});

describe('damage to the database', () => {
  it.each(DAMAGES)('breaks the rule that … %s …, by %s', async (words, name, damage) => {
    const { count, offenders } = await findIn(ruled(words), damage);
    expect(count).toBeGreaterThan(0);
    const found = offenders.map((offender) => `${offender.name} ${offender.detail}`);
    const expected = name.replace(/\$(\w+)/, (_, key: keyof typeof orders) => orders[key]);
    expect(found.join('\n')).toContain(expected);
  });

  it('is tried on every rule that SQL alone can tell', () => {
    const tried = DAMAGES.map(([words]) => ruled(words).rule);
    expect(CHECKS.map(({ rule }) => rule).filter((rule) => !tried.includes(rule))).toEqual([
      ruled('every entry of a stream').rule,
      ruled('folds to').rule,
    ]);
  });
});

describe('read models that were changed', () => {
  it('are not what the event store folds to', async () => {
    const change = sql`update read.cart set currency = 'USD' where id = (select min(id) from read.cart)`;
    await change.execute(panier.db);
    const found = await find(ruled('folds to'), panier.db);
    await sql`update read.cart set currency = 'EUR'`.execute(panier.db);
    expect(found).toMatchObject({ count: 1, offenders: [{ detail: 'a row of read."cart" that differs' }] });
  });
});

describe('a group that does not acknowledge', () => {
  it('is named with the entry that it holds, and one that is not delivered', async () => {
    const check = ruled('every entry of a stream');
    await panier.redis.xgroup('CREATE', STREAMS.orders, 'stranger', '0');
    expect((await find(check, panier.db)).count).toBe(0);
    const group = 'event-audit-api';
    await panier.redis.xgroup('SETID', STREAMS.orders, group, '0');
    await panier.redis.xreadgroup('GROUP', group, 'nobody', 'COUNT', 1, 'STREAMS', STREAMS.orders, '>');
    const found = await eventually(async () => {
      const { offenders } = await find(check, panier.db);
      const held = offenders.filter(({ detail }) => detail.includes('nobody'));
      expect(held).toHaveLength(1);
      return held;
    });
    expect(found[0]?.name).toMatch(/^ecommerce\.orders\.events \d+-\d+ event-audit-api$/);
    const again = await find(check, panier.db, ['another']);
    expect(again.count).toBe(0);
    await panier.redis.xgroup('DELCONSUMER', STREAMS.orders, group, 'nobody');
  });

  it('is named with its stream when that is no stream', async () => {
    await using odd = await startPanier({ roles: ['gateway'] });
    await odd.redis.set(STREAMS.orders, 'something else');
    await say(odd.redis, { type: 'StockAdjusted', data: { productId: newId('Product'), delta: 1, reason: null } });
    const inspected = {
      sessions: onOneServer(odd.db),
      db: odd.db,
      redis: odd.redis,
      graceSeconds: 0,
      groups,
      onShare: () => {},
    };
    const { offenders } = await ruled('every entry of a stream').find(inspected, null);
    const found = offenders.map(({ name, detail }) => `${name}: ${detail}`).join('\n');
    expect(found).toContain(`${STREAMS.orders} - event-audit-api: WRONGTYPE`);
    expect(found).toContain(`${STREAMS.inventory} - event-audit-api: the consumer group is missing`);
  });

  it('is named when it is missing', async () => {
    await using idle = await startPanier({ roles: ['gateway'] });
    await say(idle.redis, paymentSucceeded(newId('Order')));
    const inspected = {
      sessions: onOneServer(idle.db),
      db: idle.db,
      redis: idle.redis,
      graceSeconds: 0,
      groups,
      onShare: () => {},
    };
    const { offenders } = await ruled('every entry of a stream').find(inspected, null);
    expect(offenders.map(({ detail }) => detail)).toEqual(Array<string>(3).fill('the consumer group is missing'));
  });
});

const finding = (names: readonly string[]): Finding => ({
  count: names.length,
  offenders: names.map((name) => ({ name, detail: '' })),
});

/** A check that finds these, then those of them that it finds again. */
const finds = (...passes: readonly (readonly string[])[]): Check => {
  let pass = 0;
  return {
    rule: 'a rule',
    find: async (_inspected, among) => {
      const found = passes[pass] ?? [];
      pass += 1;
      return finding(found.filter((name) => among === null || among.includes(name)));
    },
  };
};

const numbered = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from }, (_, nth) => `${from + nth}`);

describe('running the checks', () => {
  it('goes on past a check that fails, and says which and why, again when it is tried again', async () => {
    const { db, redis } = panier;
    const fails: Check = { rule: 'fails', find: async () => Promise.reject(new Error('cannot be read\n  at once')) };
    const verdicts = await runChecks({
      checks: [fails, finds(['a'], ['a']), { ...finds(['b'], ['b']), isRemark: true }, { ...fails, isRemark: true }],
      inspected: { sessions: onOneServer(db), db, redis, graceSeconds: 0, groups },
      pauseMs: 1,
      onProgress: () => {},
    });
    const failed = { count: 1, offenders: [{ name: 'not checked', detail: 'cannot be read' }] };
    expect(verdicts.map(({ finding: found }) => found)).toEqual([failed, finding(['a']), finding(['b']), failed]);
    expect(verdicts.map(isBroken)).toEqual([true, true, false, true]);
  });

  it('looks for all there is again where it found more than it named', async () => {
    const { db, redis } = panier;
    const first = { count: 1_500, offenders: finding(numbered(0, 1_000)).offenders };
    let pass = 0;
    const settlesTheNamed: Check = {
      rule: 'a rule',
      find: async (_inspected, among) => {
        pass += 1;
        if (pass === 1) return first;
        return finding(numbered(1_000, 1_500).filter((name) => among === null || among.includes(name)));
      },
    };
    const verdicts = await runChecks({
      checks: [settlesTheNamed],
      inspected: { sessions: onOneServer(db), db, redis, graceSeconds: 0, groups },
      pauseMs: 1,
      onProgress: () => {},
    });
    expect(verdicts.map((verdict) => [verdict.finding.count, isBroken(verdict)])).toEqual([[500, true]]);
  });

  it('counts only what is found twice', async () => {
    const { db, redis } = panier;
    const shares: number[] = [];
    const verdicts = await runChecks({
      checks: [finds([]), finds(['a', 'b'], ['b', 'c']), finds(['a'], ['b'])],
      inspected: { sessions: onOneServer(db), db, redis, graceSeconds: 0, groups },
      pauseMs: 1,
      onProgress: ({ done, total }) => shares.push(done / total),
    });
    expect(verdicts.map(({ finding: { offenders } }) => offenders.map(({ name }) => name))).toEqual([[], ['b'], []]);
    expect(shares).toEqual([0, 1 / 3, 2 / 3, 1 / 3, 2 / 3]);
  });
});
