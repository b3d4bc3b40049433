import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../../harness/support/eventually.ts';
import { onOneServer } from '../../../harness/support/one-server.ts';
import { binaryEntries, hostileEntries } from '../../../test/e2e/hostile-entries.ts';
import { paymentFailed, say } from '../../../test/e2e/other-service.ts';
import { startPanier, type TestInstance, type TestPanier } from '../../../test/e2e/panier.ts';
import { ask, READ_BY_ID, readEverything } from '../../../test/e2e/read-everything.ts';
import { ends, fillCart, placeOrder, reaches } from '../../../test/e2e/shop.ts';
import { rebuild } from '../../audit/index.ts';
import { newId, UNPARTITIONED } from '../../events/index.ts';
import { readProjections } from '../../read/index.ts';
import { groupsByStream } from '../../roles/index.ts';
import {
  CHECKS,
  DELIVERY_CHECK,
  EVENT_CHECKS,
  isBroken,
  READ_MODEL_CHECK,
  runChecks,
  type Verdict,
} from '../../upkeep/index.ts';
import {
  AdjustStockDocument,
  accepted,
  CancelOrderDocument,
  CheckoutDocument,
  UpsertProductDocument,
  WatchOrderDocument,
} from '../client.ts';

const inspectedOf = ({ db, redis }: TestPanier) => ({
  sessions: onOneServer(db),
  db,
  redis,
  graceSeconds: 0,
  groups: groupsByStream(UNPARTITIONED),
});

const cameToRest = (panier: TestPanier): Promise<void> =>
  eventually(async () => {
    const found = await DELIVERY_CHECK.find({ ...inspectedOf(panier), onShare: () => {} }, null);
    expect(found.offenders.slice(0, 3)).toEqual([]);
  }, 50_000);

const verdictsOf = (panier: TestPanier): Promise<readonly Verdict[]> =>
  runChecks({ checks: CHECKS, inspected: inspectedOf(panier), pauseMs: 1_000, onProgress: () => {} });

const brokenIn = (verdicts: readonly Verdict[]) =>
  verdicts.filter(isBroken).map(({ rule, finding }) => ({ rule, offenders: finding.offenders.slice(0, 3) }));

const replay = ({ db }: TestPanier) =>
  rebuild({ db, projections: readProjections, dryRun: false, onProgress: () => {} });

/** What foreign orders contradict, or nobody has decided yet, is not about text. */
const ABOUT_TEXT = [...EVENT_CHECKS, READ_MODEL_CHECK].map(({ rule }) => rule);

describe('text of other services that is none', () => {
  it('is a dead letter or harms no reader, wherever it stands in whichever event', async () => {
    await using panier = await startPanier({ claimIdleMs: 300, maxDeliveries: 2 });
    const entries = [...hostileEntries(), ...binaryEntries()];
    await Promise.all(entries.map(([stream, entry]) => panier.redis.xadd(stream, '*', ...entry)));
    await cameToRest(panier);
    const { events = 0, deadLetters = 0, contradictions = 0 } = await readEverything(panier);
    expect(Math.min(events, deadLetters, contradictions)).toBeGreaterThan(20);
    const broken = brokenIn(await verdictsOf(panier));
    expect(broken.filter(({ rule }) => ABOUT_TEXT.includes(rule))).toEqual([]);
    expect(broken.flatMap(({ offenders }) => offenders).filter(({ name }) => name === 'not checked')).toEqual([]);
    expect((await replay(panier)).tables.filter(({ differing }) => differing > 0)).toEqual([]);
    const { rows } = await sql`select count(data::jsonb) from audit.event_store`.execute(panier.db);
    expect(rows).toEqual([{ count: String(events) }]);
  }, 120_000);
});

const MARK = 'once-a-text';

/** As versions without a check of their texts stored it. */
const spoil = async ({ db }: TestPanier): Promise<void> => {
  const columns = ['audit.event_store.data', 'write.journal.data', 'saga.journal.data', 'read.order.facts'];
  for (const column of columns) {
    const [schema, table, json] = column.split('.');
    await sql
      .raw(`alter table ${schema}."${table}" disable trigger all;
        update ${schema}."${table}" set ${json} = replace(${json}::text, '${MARK}', '\\ud800\\u0000x')::json;
        alter table ${schema}."${table}" enable trigger all`)
      .execute(db);
  }
};

const history = async (panier: TestPanier) => {
  const client = panier.client();
  const product = { id: newId('Product'), name: MARK, price: { amount: '12.50', currency: 'EUR' } };
  accepted((await client.request(UpsertProductDocument, { input: product })).upsertProduct);
  const adjustment = { productId: product.id, delta: 9, reason: MARK };
  accepted((await client.request(AdjustStockDocument, { input: adjustment })).adjustStock);
  const cartId = await fillCart(client, [{ productId: product.id, quantity: 1 }], {
    customerId: MARK,
    sessionId: MARK,
  });
  const { id: orderId } = accepted((await client.request(CheckoutDocument, { input: { cartId } })).checkout);
  await reaches(client, orderId, 'AWAITING_PAYMENT');
  const open = await placeOrder(client, [{ productId: product.id, quantity: 1 }]);
  await say(panier.redis, paymentFailed(orderId, MARK));
  await ends(client, orderId);
  await reaches(client, open, 'AWAITING_PAYMENT');
  await spoil(panier);
  return { product, cartId, orderId, open };
};

describe('text that an earlier version stored, and that is none', () => {
  let panier: TestPanier;
  let later: TestInstance;
  let known: Awaited<ReturnType<typeof history>>;
  beforeAll(async () => {
    panier = await startPanier();
    known = await history(panier);
    // It has folded nothing yet.
    later = await panier.another();
  });
  afterAll(() => panier[Symbol.asyncDispose]());

  it('is read with U+FFFD in its place', async () => {
    await readEverything(later);
    const ids = Object.values(known).map((each) => (typeof each === 'string' ? each : each.id));
    const found = await ask(later, READ_BY_ID, { ids, cartId: known.cartId, orderId: known.orderId });
    expect(JSON.stringify(found)).toContain('\uFFFD\uFFFDx');
    const client = later.client();
    const updates = await Array.fromAsync(client.watch(WatchOrderDocument, { id: known.orderId, after: null }));
    expect(updates).toHaveLength(1);
  });

  it('keeps no command from what it is about', async () => {
    const client = later.client();
    accepted(
      (await client.request(UpsertProductDocument, { input: { ...known.product, name: 'mended' } })).upsertProduct,
    );
    accepted(
      (await client.request(AdjustStockDocument, { input: { productId: known.product.id, delta: 1 } })).adjustStock,
    );
    accepted((await client.request(CancelOrderDocument, { input: { orderId: known.open, reason: null } })).cancelOrder);
    expect((await ends(client, known.open)).status).toBe('CANCELLED');
    await readEverything(later);
  });

  it('is named by verify, which goes on, and finds nothing broken once the read models are folded anew', async () => {
    await replay(panier);
    const verdicts = await verdictsOf(panier);
    expect(brokenIn(verdicts)).toEqual([]);
    const noted = verdicts.filter(({ finding }) => finding.count > 0).flatMap(({ finding }) => finding.offenders);
    const { rows } = await sql<{ name: string }>`
      select event_id as name from audit.event_store where data::text like '%\\ud800%'`.execute(panier.db);
    expect(rows.length).toBeGreaterThan(4);
    expect(noted.map(({ name }) => name).toSorted()).toEqual(rows.map(({ name }) => name).toSorted());
  });
});
