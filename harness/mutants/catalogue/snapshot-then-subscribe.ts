import type { Mutant } from '../mutant.ts';

export const snapshotThenSubscribe: Mutant = {
  number: 11,
  name: 'snapshot-then-subscribe',
  change:
    'A subscription reads first and watches afterwards: what changes in between wakes nobody. Nor does the poll of the event store, which would, half a second later.',
  edits: [
    {
      file: 'src/schema/subscriptions/live-streams.ts',
      find: '      const watch = changes.watch(topics);\n',
      put: `      const watch = {
        next: async (until?: AbortSignal): Promise<void> => {
          using late = changes.watch(topics);
          await late.next(until);
        },
        [Symbol.dispose]: () => {},
      };
`,
    },
    {
      file: 'src/read/live/feed.ts',
      find: '    else await this.#catchUp(unseen(this.#headsAtLastPoll, this.#seen), heads);',
      put: '    else if (heads.size < 0) await this.#catchUp(unseen(this.#headsAtLastPoll, this.#seen), heads);',
    },
  ],
  chaos: { seed: 1, minutes: 1, faults: 'slow-reads', workload: 'storm' },
};
