import type { Mutant } from '../mutant.ts';

export const snapshotThenSubscribe: Mutant = {
  number: 11,
  name: 'snapshot-then-subscribe',
  change: 'A subscription reads first and watches afterwards: what changes in between wakes nobody.',
  edits: [
    {
      file: 'src/schema/subscriptions/live-streams.ts',
      find: '      const watch = changes.watch(topics);\n',
      put: `      const change = async (): Promise<void> => {
        using watch = changes.watch(topics);
        await watch.next(signal);
      };
`,
    },
    { file: 'src/schema/subscriptions/live-streams.ts', find: '        watch[Symbol.dispose]();\n', put: '' },
    {
      file: 'src/schema/subscriptions/live-streams.ts',
      find: 'change: () => watch.next(signal), read',
      put: 'change, read',
    },
  ],
  chaos: { seed: 1, minutes: 1, faults: 'network', workload: 'storm' },
};
