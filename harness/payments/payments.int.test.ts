import { afterAll, expect, it } from 'vitest';
import type { Options } from './options.ts';
import { prove } from './prove.ts';
import { faultsOf } from './report.ts';
import { settle } from './settle.ts';
import { openStage } from './stage.ts';

const OPTIONS: Options = {
  seed: 3,
  payments: 300,
  faults: 60,
  kills: 1,
  atOnce: 32,
  minutes: 5,
  reservationSeconds: 5,
  settleSeconds: 120,
};

const PATIENCE_MS = 600_000;

const stage = await openStage(OPTIONS);
afterAll(() => stage[Symbol.asyncDispose](), PATIENCE_MS);

it('nobody is charged twice, nothing is paid without an order, every order ends', {
  timeout: PATIENCE_MS,
}, async () => {
  const proof = await prove(stage, OPTIONS, () => undefined);
  const broken = proof.verdicts.filter((verdict) => verdict.broken.length > 0);
  expect(broken).toEqual([]);
  expect([proof.evidence.cases.length, faultsOf(proof), proof.kills]).toEqual([300, 60, 1]);

  // The judge looks: one charge more, which nobody asked for, and the same look finds it.
  const { controls } = stage.stripe;
  const paid = proof.evidence.cases.find(({ order }) => order?.status === 'CONFIRMED');
  const orderId = paid?.orderId ?? '';
  expect(
    controls.forge({ paymentIntent: paid?.entries.find(({ charges }) => charges > 0)?.paymentIntent ?? '' }),
  ).toMatch(/^pi_/);
  const crowd = { placed: [{ orderId, play: { name: 'pays', ends: ['CONFIRMED'] as const } }], refused: [] };
  const { verdicts } = await settle(stage, crowd, 0);
  expect(verdicts.filter(({ broken: found }) => found.length > 0).map(({ rule }) => rule)).toEqual(
    expect.arrayContaining([
      'nobody is charged twice, net',
      'what is confirmed is paid, exactly',
      'every charge is recorded once, with its amount',
    ]),
  );
});
