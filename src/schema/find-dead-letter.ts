import { mayDo } from '../access/index.ts';
import { isId } from '../events/index.ts';
import type { DeadLetterView } from '../read/index.ts';
import type { GatewayContext } from './context.ts';

/** The dead letter; null when it is unknown, or the viewer may read none. */
export const findDeadLetter = async ({ read, viewer }: GatewayContext, id: string): Promise<DeadLetterView | null> => {
  if (!mayDo(viewer, 'events:read') || !isId('DeadLetter', id)) return null;
  const [letter] = await read.deadLetters([id]);
  return letter ?? null;
};
