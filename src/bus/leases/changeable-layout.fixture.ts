import type { Layout, Partitioning } from '../../events/index.ts';

export type ChangeableLayout = Layout & { readonly set: (now: Partitioning) => void };

/** A layout that a test changes. */
export const changeableLayout = (first: Partitioning): ChangeableLayout => {
  const hearers = new Set<(now: Partitioning) => void>();
  let now = first;
  return {
    current: () => now,
    refresh: async () => now,
    onChange: (hear) => {
      hearers.add(hear);
      return { [Symbol.dispose]: () => void hearers.delete(hear) };
    },
    set: (next) => {
      now = next;
      for (const hear of hearers) hear(next);
    },
  };
};
