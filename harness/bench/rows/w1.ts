import { Webhook } from 'standardwebhooks';
import { Pool } from 'undici';
import { NO_POSITIONS } from '../../../src/events/index.ts';
import type { Counted } from '../limits/webhook-sink.server.ts';
import { type Contestant, cpuOf, perSecond, type Round, type Row } from '../measure/index.ts';
import { openOwnStore, openSink, openWebhookStore, taken, untilCounted } from '../stage/index.ts';
import type { Scale } from './scale.ts';

const GOAL_PER_CORE = 3_000;
const CONNECTIONS = 16;
const PANIER = 'panier';
const BARE = 'undici, the same requests';
const MICROS = 1_000_000;

/** Delivered in a round, whatever it was to last. */
const eventsOf = ({ isQuick }: Scale): number => (isQuick ? 4_000 : 20_000);

const verifyAll = ({ samples }: Counted, secret: string): void => {
  const verifier = new Webhook(secret);
  for (const { headers, body } of samples) verifier.verify(body, headers);
};

const roundOf = ({ count, firstMs, lastMs }: Counted, cpuMicros: Round['cpuMicros']): Round => ({
  operations: count,
  seconds: (lastMs - firstMs) / 1_000,
  cpuMicros,
});

const openPanier = async (events: number): Promise<Contestant> => {
  await using opening = new AsyncDisposableStack();
  const store = opening.use(await openOwnStore());
  const sink = openSink();
  opening.use(sink.child);
  const { endpoints, start } = await openWebhookStore(store, events);
  opening.use(start());
  const request = { eventTypes: null, format: 'STRUCTURED', after: new Map([[0, BigInt(events)]]) } as const;
  const { endpoint, secret } = taken(await endpoints.create({ url: await sink.ask<string>('url'), ...request }));
  const opened = opening.move();
  let last: Counted | null = null;
  return {
    name: PANIER,
    round: async () => {
      await sink.ask('reset');
      const used = store.meter();
      taken(await endpoints.redeliver(endpoint.id, NO_POSITIONS));
      last = await untilCounted(sink, events);
      return roundOf(last, used());
    },
    verify: async () => {
      if (last?.count !== events) throw new Error(`${last?.count} deliveries of ${events} events: some came twice.`);
      verifyAll(last, secret);
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};

/** What panier posts of such an event, signed beforehand: nothing is left to do but to send it. */
const requestOf = (nth: number, verifier: Webhook) => {
  const id = `event_${String(nth).padStart(32, '0')}`;
  const order = `order_${Math.floor(nth / 4)}`;
  const lines = [
    { product_id: 'prod_4', quantity: 1, unit_price: '699.99' },
    { product_id: 'prod_2', quantity: 1, unit_price: '129.90' },
  ];
  const owner = { cart_id: 'cart_1', customer_id: null, session_id: null, currency: 'EUR', total_amount: '829.89' };
  const body = JSON.stringify({
    specversion: '1.0',
    id,
    source: 'urn:panier:ecommerce-api',
    type: 'panier.OrderCreated',
    subject: order,
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    dataschema: 'urn:panier:events:OrderCreated:2',
    aggregatetype: 'Order',
    aggregateversion: (nth % 4) + 1,
    correlationid: order,
    causationid: id,
    data: { order_id: order, ...owner, method_kind: 'CARD', lines },
  });
  const now = new Date();
  const headers = {
    'content-type': 'application/cloudevents+json; charset=utf-8',
    'user-agent': 'panier/0.1.0',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
    'webhook-signature': verifier.sign(id, now, body),
  };
  return { headers, body };
};

type Request = ReturnType<typeof requestOf>;

const postAll = async (pool: Pool, path: string, requests: readonly Request[]): Promise<void> => {
  let next = 0;
  const post = async (): Promise<void> => {
    for (let request = requests[next++]; request !== undefined; request = requests[next++]) {
      const { body } = await pool.request({ path, method: 'POST', ...request });
      await body.dump();
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, post));
};

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

const openBare = async (events: number): Promise<Contestant> => {
  await using opening = new AsyncDisposableStack();
  const sink = openSink();
  opening.use(sink.child);
  const { origin, pathname } = new URL(await sink.ask<string>('url'));
  const pool = opening.adopt(new Pool(origin, { connections: CONNECTIONS }), (each) => each.destroy());
  const verifier = new Webhook(SECRET);
  const opened = opening.move();
  let last: Counted | null = null;
  return {
    name: BARE,
    round: async () => {
      const requests = Array.from({ length: events }, (_, nth) => requestOf(nth, verifier));
      await sink.ask('reset');
      const before = process.cpuUsage();
      await postAll(pool, pathname, requests);
      const { user, system } = process.cpuUsage(before);
      last = await untilCounted(sink, events);
      return roundOf(last, { process: user + system });
    },
    verify: async () => verifyAll(last ?? (await sink.ask<Counted>('count')), SECRET),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};

const perCore = (rounds: readonly Round[]): number => MICROS / cpuOf(rounds, 'process').median;

export const w1 = (scale: Scale): Row => ({
  id: 'W1',
  title: 'Events of the event store, signed and posted to a receiver in another process',
  goal: `≥ ${GOAL_PER_CORE.toLocaleString('en')} deliveries/s and core`,
  contestants: [() => openPanier(eventsOf(scale)), () => openBare(eventsOf(scale))],
  judge: (results) => {
    const [panier, bare] = [results.get(PANIER) ?? [], results.get(BARE) ?? []];
    const [ours, limit] = [perCore(panier), perCore(bare)];
    const rate = perSecond(panier).median;
    return {
      measured: `${ours.toFixed(0)} deliveries/s and core (${rate.toFixed(0)}/s)`,
      limit: `${limit.toFixed(0)} /s and core`,
      ratio: ours / limit,
      met: ours >= GOAL_PER_CORE,
    };
  },
});
