/**
 * The order in which so many take their turns in a round: over as many rounds (twice as many, where they are odd) each follows
 * each other one equally often, so that what one leaves behind strikes all alike. Source: E. J. Williams, 1949.
 */
export const turnsOf = (count: number, round: number): readonly number[] => {
  const isMirrored = count % 2 === 1 && Math.floor(round / count) % 2 === 1;
  const zigzag = Array.from({ length: count }, (_, nth) => (nth % 2 === 0 ? count - nth / 2 : (nth + 1) / 2));
  const turns = zigzag.map((turn) => (turn + round) % count);
  return isMirrored ? turns.toReversed() : turns;
};
