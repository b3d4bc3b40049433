import { parseArgs } from 'node:util';
import { OptionsError, parsed } from '../support/command-line.ts';

export interface Options {
  readonly seed: number;
  /** How many are to be made. */
  readonly payments: number;
  /** How many faults are to strike meanwhile. */
  readonly faults: number;
  /** How often panier is killed meanwhile, and started again. */
  readonly kills: number;
  /** How many customers there are at once. */
  readonly atOnce: number;
  /** After how long no more customers come, however many are missing. */
  readonly minutes: number;
  /** How long an unpaid reservation lasts: who walks away is waited for so long. */
  readonly reservationSeconds: number;
  /** How long after the last payment everything has to be settled. */
  readonly settleSeconds: number;
}

const DEFAULTS: Options = {
  seed: 1,
  payments: 10_000,
  faults: 1_000,
  kills: 2,
  atOnce: 48,
  minutes: 60,
  reservationSeconds: 20,
  settleSeconds: 240,
};

export const USAGE = `npm run payments -- [options]
  --payments <number>             how many (default ${DEFAULTS.payments})
  --faults <number>               how many faults of the payment provider (default ${DEFAULTS.faults})
  --kills <number>                how often panier is killed meanwhile (default ${DEFAULTS.kills})
  --seed <number>                 decides what customers do, and what goes wrong (default ${DEFAULTS.seed})
  --at-once <number>              customers at once (default ${DEFAULTS.atOnce})
  --minutes <number>              after how long no more customers come (default ${DEFAULTS.minutes})
  --reservation-seconds <number>  how long an unpaid order lasts (default ${DEFAULTS.reservationSeconds})
  --settle-seconds <number>       how long everything may take to settle (default ${DEFAULTS.settleSeconds})`;

const numberOf = (name: string, text: string | undefined, otherwise: number): number => {
  if (text === undefined) return otherwise;
  if (!/^\d{1,7}$/.test(text)) throw new OptionsError(`--${name} wants a whole number, not "${text}".`);
  return Number(text);
};

const one = { type: 'string' } as const;

/** @throws {OptionsError} */
export const readOptions = (argv: readonly string[]): Options => {
  const { values } = parsed(() =>
    parseArgs({
      args: [...argv],
      options: {
        payments: one,
        faults: one,
        kills: one,
        seed: one,
        'at-once': one,
        minutes: one,
        'reservation-seconds': one,
        'settle-seconds': one,
      },
    }),
  );
  return {
    payments: numberOf('payments', values.payments, DEFAULTS.payments),
    faults: numberOf('faults', values.faults, DEFAULTS.faults),
    kills: numberOf('kills', values.kills, DEFAULTS.kills),
    seed: numberOf('seed', values.seed, DEFAULTS.seed),
    atOnce: numberOf('at-once', values['at-once'], DEFAULTS.atOnce),
    minutes: numberOf('minutes', values.minutes, DEFAULTS.minutes),
    reservationSeconds: numberOf('reservation-seconds', values['reservation-seconds'], DEFAULTS.reservationSeconds),
    settleSeconds: numberOf('settle-seconds', values['settle-seconds'], DEFAULTS.settleSeconds),
  };
};
