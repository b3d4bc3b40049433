import { describe, expect, it } from 'vitest';
import { gatherGroups } from './groups.ts';

const reader = {
  group: 'event-audit-api',
  role: 'audit',
  stream: 'carts',
  behindSeconds: 0,
  lag: 0,
  pending: 0,
  deadLetters: 1,
};

describe('a consumer group on all its streams', () => {
  it('is as far behind as where it is furthest', () => {
    const orders = { ...reader, stream: 'orders', behindSeconds: 3, lag: 2, pending: 1, deadLetters: 0 };
    expect(gatherGroups([reader, orders])).toEqual([
      {
        name: 'event-audit-api',
        role: 'audit',
        behindSeconds: 3,
        lag: 2,
        pending: 1,
        deadLetters: 1,
        behindOn: ['orders'],
      },
    ]);
  });

  it('does not say that nothing is left where nobody knows', () => {
    const gone = { ...reader, stream: 'orders', behindSeconds: null, lag: null, pending: null };
    expect(gatherGroups([reader, gone])).toMatchObject([
      { behindSeconds: null, lag: null, pending: null, behindOn: ['orders'] },
    ]);
  });
});
