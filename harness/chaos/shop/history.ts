import type { Answer, Operation, Outcome } from './operation.ts';

/** One thing that a shopper wanted, under one key, however often it was asked. */
export interface Command extends Operation {
  readonly key: string;
  readonly customerId: string | null;
  /** When it was first asked, by this machine's clock. */
  readonly sentAtMs: number;
  readonly outcomes: readonly Outcome[];
}

/** All that the shoppers asked, and what they were told. */
export class History {
  readonly commands: Command[] = [];
  #answeredMutations = 0;
  #mark = { atMs: performance.now(), answered: 0 };

  begin(command: Omit<Command, 'outcomes' | 'sentAtMs'>): {
    readonly command: Command;
    readonly note: (outcome: Outcome) => void;
  } {
    const outcomes: Outcome[] = [];
    const begun = { ...command, sentAtMs: Date.now(), outcomes };
    this.commands.push(begun);
    const note = (outcome: Outcome): void => {
      outcomes.push(outcome);
      if (outcome.type === 'Answered') this.#answeredMutations += 1;
    };
    return { command: begun, note };
  }

  get answeredMutations(): number {
    return this.#answeredMutations;
  }

  /** Mutations answered a second since the last call. */
  takeRate(): number {
    const now = { atMs: performance.now(), answered: this.#answeredMutations };
    const { atMs, answered } = this.#mark;
    this.#mark = now;
    return ((now.answered - answered) * 1_000) / Math.max(1, now.atMs - atMs);
  }
}

/** The id of what the command is about; its key, when it is about something new. */
export const subjectOf = ({ input, key }: Command): string => input.cartId ?? input.orderId ?? input.productId ?? key;

/** The first answer that the command got; null while it is unknown or was refused. */
export const answerOf = ({ outcomes }: Command): Answer | null =>
  outcomes.find((outcome) => outcome.type === 'Answered')?.answer ?? null;

/** Whether the command may have been done without anybody having been told. */
export const isUnknown = (command: Command): boolean =>
  answerOf(command) === null && command.outcomes.some(({ type }) => type === 'Unknown' || type === 'Defect');
