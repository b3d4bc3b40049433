import { describe, expect, it } from 'vitest';
import { missingFrom, withSteps } from './steps.ts';
import { DECLINED } from './story.fixture.ts';

describe('the steps of an order', () => {
  it('are put in their places, however they come, and as often as they do', () => {
    const [one, two, three, four] = DECLINED;
    if (one === undefined || two === undefined || three === undefined || four === undefined)
      throw new Error('no story');
    const steps = withSteps(withSteps([], [one], 3), [three, four], 2);
    expect(steps).toEqual([one, undefined, three, four]);
    expect(withSteps(steps, [two, four], 4)).toEqual([one, two, three, four]);
  });

  it('say what is missing, from where somebody looks', () => {
    const steps = withSteps([], DECLINED, 2_000);
    expect(missingFrom(steps, 1)).toEqual({ after: 6, upTo: 506 });
    expect(missingFrom(steps, 1_800)).toEqual({ after: 1_799, upTo: 2_000 });
    expect(missingFrom(withSteps([], DECLINED, 6), 1)).toBeNull();
  });

  it('ask for no more than up to where something is there again', () => {
    const [first, ...others] = DECLINED;
    const last = others.at(-1);
    if (first === undefined || last === undefined) throw new Error('no story');
    expect(missingFrom(withSteps([], [first, last], 6), 1)).toEqual({ after: 1, upTo: 5 });
  });
});
