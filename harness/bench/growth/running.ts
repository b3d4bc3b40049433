import { meterCpu, type Processes } from '../measure/index.ts';
import { type PanierProcess, startPanier } from '../stage/index.ts';
import type { Filled } from './filled.ts';

/** Panier on a filled database, as one process. */
export interface Running extends AsyncDisposable {
  readonly filled: Filled;
  readonly url: string;
  readonly processes: Processes;
}

export const openRunning = async (filled: Filled): Promise<Running> => {
  const panier: PanierProcess = await startPanier({ environment: filled.environment });
  return {
    filled,
    url: panier.url,
    processes: { panier: [panier.pid], ...filled.servers.pids },
    [Symbol.asyncDispose]: () => panier[Symbol.asyncDispose](),
  };
};

/** As `meterCpu`, and this very process as { process }. */
export const meterWithin = ({ servers }: Pick<Filled, 'servers'>): (() => Readonly<Record<string, number>>) => {
  const others = meterCpu(servers.pids);
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return { process: user + system, ...others() };
  };
};
