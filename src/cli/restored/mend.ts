import { type Homes, JOURNALS } from '../../database/index.ts';
import { headPositions } from '../../projection/index.ts';
import { forgetSwept } from '../../relay/index.ts';
import { type Comparing, mendStreams } from '../../upkeep/index.ts';
import { bringBackEndpoints } from '../../webhooks/index.ts';

export interface Mended {
  /** How many entries of other services stayed in the streams. */
  readonly kept: number;
  /** How many webhook endpoints stood beyond the end of the event store. */
  readonly endpoints: number;
}

/**
 * Makes the streams, and what one home has noted of another, fit what each of them holds: they may be of several moments. Done
 * a second time it does the same. Nobody may run meanwhile.
 */
export const mendHomes = async (homes: Homes, parts: Comparing): Promise<Mended> => {
  // First: were it left out by a mend that ends halfway, what a group lost would stay lost though the streams fit.
  for (const journal of JOURNALS) await forgetSwept(parts.homes[journal], journal);
  const stored = await headPositions(homes.at('audit').db);
  const endpoints = await bringBackEndpoints(homes.at('shared').db, stored);
  return { kept: await mendStreams(parts), endpoints };
};
