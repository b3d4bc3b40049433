import { describe, expect, it } from 'vitest';
import { isUnderWay, type Settling, settleAll } from './settling.ts';

describe('a decision about several dead letters', () => {
  it('goes on after a refusal, and tells of each', async () => {
    const told: Settling[] = [];
    const end = await settleAll({
      ids: ['dead_1', 'dead_2', 'dead_3'],
      decision: { kind: 'Retry' },
      decide: async (id) =>
        id === 'dead_2'
          ? { kind: 'Refused', code: 'NOT_FOUND', message: 'Unknown.' }
          : { kind: 'Done', value: undefined },
      onProgress: (settling) => void told.push(settling),
    });
    expect(end).toMatchObject({ done: ['dead_1', 'dead_3'], refused: [{ id: 'dead_2', message: 'Unknown.' }] });
    expect(told.map(isUnderWay)).toEqual([true, true, true, false]);
  });

  it('says of none that it was not done where panier did not answer', async () => {
    const end = await settleAll({
      ids: ['dead_1'],
      decision: { kind: 'Retry' },
      decide: async () => ({ kind: 'Refused', code: 'UNAVAILABLE', message: 'Failed to fetch' }),
      onProgress: () => undefined,
    });
    expect(end).toMatchObject({ done: [], refused: [], unknown: ['dead_1'] });
    expect(isUnderWay(end)).toBe(false);
  });
});
