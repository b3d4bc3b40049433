import type { JournalName } from '../database/index.ts';

/** A commit to a journal hurries up the relay of that journal, where this process has it. */
export class Hints {
  readonly #relays: Partial<Record<JournalName, () => void>> = {};
  readonly listen = (journal: JournalName, wake: () => void): void => {
    this.#relays[journal] = wake;
  };
  readonly giver = (journal: JournalName) => (): void => this.#relays[journal]?.();
}
