/** One direction of a connection: what goes in first comes out first, however long it is held. */
export interface Direction {
  readonly pass: (deliver: () => void) => void;
}

export const openDirection = (gate: {
  readonly isClear: () => boolean;
  readonly passable: () => Promise<void>;
}): Direction => {
  let waiting = 0;
  let last = Promise.resolve();
  const later = async (previous: Promise<void>, deliver: () => void): Promise<void> => {
    await gate.passable();
    await previous;
    deliver();
    waiting -= 1;
  };
  return {
    pass: (deliver) => {
      if (waiting === 0 && gate.isClear()) return deliver();
      waiting += 1;
      last = later(last, deliver);
    },
  };
};
