import type { Mutant } from '../mutant.ts';

export const keyInOwnTransaction: Mutant = {
  number: 13,
  name: 'idempotency row in its own transaction',
  change:
    'A command first takes its key, then writes its events: when the second step is overtaken or never comes, the key answers for what was not done.',
  edits: [
    {
      file: 'src/write/execution/executor.ts',
      find: '    const outcome = await this.#journal.append({ ...appendRequest, span }, deadline);\n',
      put: `    const empty = { heads: [], entries: [], schedule: [], unschedule: [], methods: { keep: [], forget: [] } };
    const kept = idempotency === null ? null : await this.#journal.append({ ...empty, idempotency });
    if (kept !== null && kept.type !== 'Appended') return kept;
    const outcome = await this.#journal.append({ ...appendRequest, span, idempotency: null });
`,
    },
  ],
  chaos: { seed: 1, minutes: 1, faults: 'kill', workload: 'race' },
};
