import { mayDo } from '../access/index.ts';
import { isId } from '../events/index.ts';
import type { DeadLetterView } from '../read/index.ts';
import { awaitOwn } from './await-own.ts';
import type { GatewayContext } from './context.ts';

/** The dead letter; null when it is unknown, or the viewer may read none. */
export const findDeadLetter = async (context: GatewayContext, id: string): Promise<DeadLetterView | null> => {
  const { read, viewer } = context;
  if (!mayDo(viewer, 'events:read') || !isId('DeadLetter', id)) return null;
  await awaitOwn(context, id);
  const [letter] = await read.deadLetters([id]);
  return letter ?? null;
};
