import { describe, expect, it } from 'vitest';
import { raiseLoad } from './load.ts';

/** A machine that answers so much to so many parties of shoppers. */
const crowdOf = (rates: readonly number[]) => {
  let parties = 1;
  return {
    measure: async () => rates[parties - 1] ?? rates.at(-1) ?? 0,
    crowd: {
      get shoppers() {
        return parties * 32;
      },
      letIn: () => {
        parties += 1;
      },
    },
  };
};

describe('raising the load', () => {
  it('lets nobody in when it is enough', async () => {
    const { crowd, measure } = crowdOf([80]);
    expect(await raiseLoad(crowd, measure)).toEqual({ mutationsPerSecond: 80, shoppers: 32, isAtLimit: false });
  });

  it('lets shoppers in until it is enough', async () => {
    const { crowd, measure } = crowdOf([20, 40, 60, 80]);
    expect(await raiseLoad(crowd, measure)).toEqual({ mutationsPerSecond: 60, shoppers: 96, isAtLimit: false });
  });

  it('stops where more shoppers bring no more', async () => {
    const { crowd, measure } = crowdOf([30, 31, 29, 80]);
    expect(await raiseLoad(crowd, measure)).toEqual({ mutationsPerSecond: 31, shoppers: 96, isAtLimit: true });
  });

  it('does not call a load the limit that still grows', async () => {
    const { crowd, measure } = crowdOf([5, 6, 7, 8, 9, 10, 11, 12.5]);
    expect(await raiseLoad(crowd, measure)).toMatchObject({ shoppers: 256, isAtLimit: false });
  });
});
