import { describe, expect, it } from 'vitest';
import { shiftOf } from './share.ts';

const endpoint = (id: string, leader: string | null = null, revision = 1) => ({ id, leader, revision, isActive: true });

describe('a share', () => {
  it('is everything for who is alone', () => {
    const survey = { endpoints: [endpoint('a'), endpoint('b')], workers: 1 };
    expect(shiftOf(survey, 'me', [])).toEqual({ stop: [], claim: ['a', 'b'] });
  });

  it('leaves what another one leads, and is no more than is due', () => {
    const survey = { endpoints: [endpoint('a', 'you'), endpoint('b'), endpoint('c'), endpoint('d')], workers: 2 };
    expect(shiftOf(survey, 'me', [])).toEqual({ stop: [], claim: ['b', 'c'] });
  });

  it('gives away what is more than that, when somebody comes', () => {
    const endpoints = ['a', 'b', 'c', 'd'].map((id) => endpoint(id, 'me'));
    const held = endpoints.map(({ id, revision }) => ({ id, revision }));
    expect(shiftOf({ endpoints, workers: 2 }, 'me', held)).toEqual({ stop: ['c', 'd'], claim: [] });
  });

  it('takes up again what was changed', () => {
    const survey = { endpoints: [endpoint('a', 'me', 2)], workers: 1 };
    expect(shiftOf(survey, 'me', [{ id: 'a', revision: 1 }])).toEqual({ stop: ['a'], claim: ['a'] });
  });

  it('ends with what is paused, deleted or another one’s', () => {
    const paused = { ...endpoint('a', 'me'), isActive: false };
    const held = ['a', 'b', 'c'].map((id) => ({ id, revision: 1 }));
    const shift = shiftOf({ endpoints: [paused, endpoint('c', 'you')], workers: 2 }, 'me', held);
    expect(shift).toEqual({ stop: ['a', 'b', 'c'], claim: [] });
  });
});
