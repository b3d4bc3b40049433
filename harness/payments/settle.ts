import { setTimeout as delay } from 'node:timers/promises';
import type { Crowd } from './shop/crowd.ts';
import { type OrderSeen, ordersOf } from './shop/orders.ts';
import type { Stage } from './stage.ts';
import { type Evidence, evidenceOf } from './verdict/evidence.ts';
import { isSound, judge, type Verdict } from './verdict/judge.ts';

export interface Settled {
  readonly evidence: Evidence;
  readonly verdicts: readonly Verdict[];
  readonly settledAfterSeconds: number;
}

const PAUSE_MS = 1_000;

type Look = Pick<Settled, 'evidence' | 'verdicts'>;

/** Looks again and again; only what was not as it must be is asked for again. */
const openLooking = ({ panier, stripe }: Stage, { placed, refused }: Crowd) => {
  const ends = new Map(placed.map(({ orderId, play }) => [orderId, play.ends]));
  const orders = new Map<string, OrderSeen>();
  const look = async (ids: readonly string[]): Promise<Look> => {
    for (const [id, order] of await ordersOf(panier, ids)) orders.set(id, order);
    const evidence = evidenceOf({ placed: ends, orders, books: stripe.controls.books(), refused });
    return { evidence, verdicts: judge(evidence) };
  };
  const named = (verdicts: readonly Verdict[]): readonly string[] => {
    const complaints = verdicts.flatMap(({ broken }) => broken).join(' ');
    return [...ends.keys()].filter((id) => complaints.includes(id));
  };
  return { first: () => look([...ends.keys()]), again: ({ verdicts }: Look) => look(named(verdicts)) };
};

/** Looks until everything is as it must be, or the time is over. */
export const settle = async (stage: Stage, crowd: Crowd, withinSeconds: number): Promise<Settled> => {
  const startedAt = performance.now();
  const seconds = (): number => (performance.now() - startedAt) / 1_000;
  const looking = openLooking(stage, crowd);
  let found = await looking.first();
  while (!isSound(found.verdicts) && seconds() < withinSeconds) {
    await delay(PAUSE_MS);
    found = await looking.again(found);
  }
  return { ...found, settledAfterSeconds: seconds() };
};
