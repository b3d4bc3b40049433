import { mayDo } from '../access/index.ts';
import type { UpkeepRun } from '../upkeep/index.ts';
import type { GatewayContext } from './context.ts';

/** The run; null when it is unknown, or not the viewer's to see. */
export const findUpkeepRun = async ({ upkeep, viewer }: GatewayContext, id: string): Promise<UpkeepRun | null> =>
  mayDo(viewer, 'repair') ? upkeep.find(id) : null;
