import { OptionsError } from '../support/command-line.ts';
import { exitOnSignal } from '../support/exit-on-signal.ts';
import { type Options, readOptions, USAGE } from './options.ts';
import { type Progress, prove } from './prove.ts';
import { progressLine, tableOf, voidBecause } from './report.ts';
import { openStage } from './stage.ts';
import { isSound } from './verdict/judge.ts';

const BROKEN = 1;
const VOID = 2;
const MISUSED = 64;
const EVERY_SECONDS = 5;

/** Tells how far it is, every few seconds. */
const openTelling = ({ payments }: Options): ((progress: Progress) => void) => {
  let due = EVERY_SECONDS;
  return (progress) => {
    if (progress.seconds < due && progress.customers < payments) return;
    due = progress.seconds + EVERY_SECONDS;
    console.log(progressLine(progress, payments));
  };
};

const run = async (options: Options): Promise<number> => {
  await using stage = await openStage(options);
  console.log(`seed ${options.seed}; Stripe is ${stage.stripe.url}, panier ${stage.panier.url}`);
  const proof = await prove(stage, options, openTelling(options));
  console.log(tableOf(proof));
  for (const reason of voidBecause(proof)) console.log(`VOID  ${reason}`);
  if (!isSound(proof.verdicts)) return BROKEN;
  return voidBecause(proof).length > 0 ? VOID : 0;
};

exitOnSignal();

try {
  process.exit(await run(readOptions(process.argv.slice(2))));
} catch (error) {
  if (!(error instanceof OptionsError)) throw error;
  console.error(`${error.message}\n\n${USAGE}`);
  process.exit(MISUSED);
}
