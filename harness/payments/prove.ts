import type { FaultPlan, Tally } from '../stripe/index.ts';
import type { Options } from './options.ts';
import { type Settled, settle } from './settle.ts';
import { shopAll } from './shop/crowd.ts';
import { PLAYS } from './shop/plays.ts';
import type { Stage } from './stage.ts';

/** How far it has come. */
export interface Progress {
  readonly customers: number;
  readonly seconds: number;
  readonly tally: Tally;
}

export interface Proof extends Settled {
  readonly options: Options;
  /** How often each play was played. */
  readonly plays: ReadonlyMap<string, number>;
  /** How many did no more than pay by card, and how many of their orders were confirmed. */
  readonly sales: { readonly wanted: number; readonly confirmed: number };
  readonly tally: Tally;
  /** How often panier was killed. */
  readonly kills: number;
  /** How often panier had to be asked again. */
  readonly repeated: number;
  readonly seconds: number;
}

// What a payment takes, roughly; all faults have struck before the last customers come.
const REQUESTS_A_PAYMENT = 5;
const EVENTS_A_PAYMENT = 1.5;
const OF_REQUESTS = 0.6;
const EARLY = 0.7;

const planOf = ({ payments, faults }: Options): FaultPlan => {
  const rate = (share: number, chances: number): number => Math.min(1, (faults * share) / (payments * chances * EARLY));
  return {
    api: rate(OF_REQUESTS, REQUESTS_A_PAYMENT),
    webhook: rate(1 - OF_REQUESTS, EVENTS_A_PAYMENT),
    budget: faults,
  };
};

/** Kills panier at even distances. */
const openKiller = ({ crash }: Stage, { payments, kills }: Options) => {
  let killed = 0;
  let crashing = Promise.resolve();
  return {
    see: (customers: number): void => {
      if (killed === kills || customers < ((killed + 1) * payments) / (kills + 1)) return;
      killed += 1;
      crashing = crashing.then(crash);
    },
    isOver: async (): Promise<number> => {
      await crashing;
      return killed;
    },
  };
};

/** Makes payments while their provider fails, and judges what came of them. */
export const prove = async (stage: Stage, options: Options, tell: (progress: Progress) => void): Promise<Proof> => {
  const startedAt = performance.now();
  const seconds = (): number => (performance.now() - startedAt) / 1_000;
  const { controls } = stage.stripe;
  controls.faults(planOf(options));
  const killer = openKiller(stage, options);
  const crowd = await shopAll(stage, options, (customers) => {
    killer.see(customers);
    tell({ customers, seconds: seconds(), tally: controls.tally() });
  });
  const kills = await killer.isOver();
  const settled = await settle(stage, crowd, options.settleSeconds);
  const sold = new Set(
    settled.evidence.cases.filter(({ order }) => order?.status === 'CONFIRMED').map(({ orderId }) => orderId),
  );
  const paying = crowd.placed.filter(({ play }) => play.name === 'pays');
  const timesOf = (name: string): number => crowd.placed.filter(({ play }) => play.name === name).length;
  const plays = new Map(PLAYS.map(({ name }) => [name, timesOf(name)]));
  return {
    ...settled,
    options,
    plays,
    sales: { wanted: paying.length, confirmed: paying.filter(({ orderId }) => sold.has(orderId)).length },
    kills,
    tally: controls.tally(),
    repeated: stage.panier.repeated,
    seconds: seconds(),
  };
};
