import type { MarkPlace } from '../bus/index.ts';
import { type Layout, streamKeys } from '../events/index.ts';
import { markPlaces } from '../relay/index.ts';

export type MarksOf = (streams: readonly string[]) => readonly MarkPlace[];

/**
 * Beside all keys under which the streams may hold events now. Every command to Redis asks: the lists stay the same ones, for
 * the same streams, until the layout is another.
 */
export const marksIn = (layout: Pick<Layout, 'current'>): MarksOf => {
  let now = layout.current();
  const known = new Map<readonly string[], readonly MarkPlace[]>();
  return (streams) => {
    if (layout.current() !== now) {
      now = layout.current();
      known.clear();
    }
    const marks = known.get(streams) ?? markPlaces(streams.flatMap((stream) => streamKeys(stream, now)));
    known.set(streams, marks);
    return marks;
  };
};
