import { describe, expect, it } from 'vitest';
import type { GroupState } from '../bus/index.ts';
import { backlogOf } from './backlog.ts';
import { consumerGroupsOf, type OwnGroup } from './consumer-groups.ts';

const OWN: readonly OwnGroup[] = [
  { stream: 'carts', group: 'audit-group', role: 'audit' },
  { stream: 'orders', group: 'audit-group', role: 'audit' },
  { stream: 'orders', group: 'saga-group', role: 'saga' },
];

const state = (stream: string, group: string, behindMs = 0): GroupState => ({
  stream,
  group,
  lag: 3,
  pending: 2,
  behindMs,
  deliveries: 4,
  consumers: 1,
});

const STATES = [
  state('orders', 'mailer'),
  state('orders', 'saga-group', 60_000),
  state('orders', 'audit-group', 1_500),
];

describe('consumer groups', () => {
  it('are those of panier, also one that Redis does not have, and then those of others', () => {
    const groups = consumerGroupsOf(OWN, { states: STATES, deadLetters: [] });
    expect(groups.map(({ stream, group, role, pending }) => [stream, group, role, pending])).toEqual([
      ['carts', 'audit-group', 'audit', null],
      ['orders', 'audit-group', 'audit', 2],
      ['orders', 'saga-group', 'saga', 2],
      ['orders', 'mailer', null, 2],
    ]);
    const [absent, audit] = groups;
    expect(absent).toMatchObject({ lag: null, deliveries: null, consumers: null, behindSeconds: null, deadLetters: 0 });
    expect(audit).toMatchObject({ lag: 3, deliveries: 4, consumers: 1, behindSeconds: 1.5, pendingSeconds: 1.5 });
  });

  it('have nothing pending where Redis has no such group, and all that waits where nothing of it is pending', () => {
    const missing = { ...state('carts', 'audit-group', 90_000), pending: null, deliveries: null, consumers: null };
    const idle = { ...state('orders', 'audit-group', 90_000), pending: 0, deliveries: null };
    const [absent, audit] = consumerGroupsOf(OWN, { states: [missing, idle], deadLetters: [] });
    expect(absent).toMatchObject({ lag: 3, pending: null, consumers: null, behindSeconds: 90, pendingSeconds: null });
    expect(audit).toMatchObject({ lag: 3, pending: 0, behindSeconds: 90, pendingSeconds: 0 });
  });

  it('have their own dead letters, on their own stream', () => {
    const deadLetters = [
      { stream: 'orders', group: 'saga-group', open: 7 },
      { stream: 'carts', group: 'audit-group', open: 1 },
    ];
    const groups = consumerGroupsOf(OWN, { states: STATES, deadLetters });
    expect(groups.map((each) => each.deadLetters)).toEqual([1, 0, 7, 0]);
  });
});

describe('the backlog', () => {
  const outboxes = [
    { journal: 'write', length: 1, oldestSeconds: 0.5 },
    { journal: 'saga', length: 0, oldestSeconds: 0 },
  ] as const;
  const groups = consumerGroupsOf(OWN, { states: STATES, deadLetters: [] });

  it('is as old as what has waited longest for the read side, in an outbox or on a stream', () => {
    expect(backlogOf(outboxes, groups).readSideSeconds).toBe(1.5);
    expect(backlogOf([{ ...outboxes[0], oldestSeconds: 9 }], groups).readSideSeconds).toBe(9);
  });

  it('is as old as the first entry of a stream that nobody reads', () => {
    const missing = { ...state('carts', 'audit-group', 90_000), pending: null, deliveries: null, consumers: null };
    const unread = consumerGroupsOf(OWN, { states: [missing], deadLetters: [] });
    expect(backlogOf(outboxes, unread).readSideSeconds).toBe(90);
  });

  it('does not say how old while Redis cannot be asked', () => {
    expect(backlogOf(outboxes, null)).toEqual({ outboxes, readSideSeconds: null });
  });
});
