import { type UpkeepStep, waitingStep } from '../runs/run.ts';
import type { Offender } from '../verification/check.ts';

const MAX_OFFENDERS = 5;
const MAX_DETAIL = 300;

type Tell = (steps: readonly UpkeepStep[]) => void;

// What others wrote may be no text, and a cut may part a pair: PostgreSQL would not take it.
const shown = (text: string): string => text.slice(0, MAX_DETAIL).toWellFormed().replaceAll('\0', '\u{FFFD}');

/** The first of them, no longer than a line: what is shown of them is kept with the run. */
export const firstOf = (offenders: readonly Offender[]): readonly Offender[] =>
  offenders.slice(0, MAX_OFFENDERS).map(({ name, detail }) => ({ name: shown(name), detail: shown(detail) }));

/** The steps of a run, told whenever one of them changes. */
export class StepList {
  readonly #tell: Tell;
  #steps: readonly UpkeepStep[];

  constructor(names: readonly string[], tell: Tell) {
    this.#tell = tell;
    this.#steps = names.map(waitingStep);
    tell(this.#steps);
  }

  insert(nth: number, names: readonly string[]): void {
    this.#steps = this.#steps.toSpliced(nth, 0, ...names.map(waitingStep));
    this.#tell(this.#steps);
  }

  change(name: string, change: Partial<UpkeepStep>): void {
    this.#steps = this.#steps.map((step) => (step.name === name ? { ...step, ...change } : step));
    this.#tell(this.#steps);
  }
}
