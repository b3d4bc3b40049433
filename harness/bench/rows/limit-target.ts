import { startChild } from '../stage/index.ts';
import type { Target } from './http-contestant.ts';

/** A bare server of harness/bench/limits/, as a process of its own. */
export const openLimit = async (script: string): Promise<Target> => {
  const child = startChild(`limits/${script}.server.ts`);
  return {
    url: await child.ask<string>('url'),
    processes: { gateway: [child.pid] },
    settle: async () => {},
    verify: async () => {},
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  };
};
