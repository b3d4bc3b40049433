import { describe, expect, it } from 'vitest';
import type { EventSeen } from './evidence.ts';
import { judge, RULES } from './judge.ts';
import { Losses } from './losses.ts';
import { type Changes, evidenceOf, idOf, OTHER, TRACE } from './order.fixture.ts';

const brokenBy = (changes: Changes): readonly string[] => [
  ...new Set([...judge(evidenceOf(changes))].map(({ rule }) => rule)),
];

/** Each breaks the rule, and may break others with it. */
const BREAKING: readonly (readonly [rule: string, what: string, changes: Changes])[] = [
  ['one root', 'a second span without a parent', { spans: { 201: { parentId: null } } }],
  ['one root', 'a root that nobody asked for', { spans: { 901: { kind: 'INTERNAL' } } }],
  ['no orphan', 'a parent that never came', { spans: { 103: null } }],
  ['no orphan', 'a root that never came', { spans: { 100: null } }],
  ['no cycle', 'a span that is caused by what it causes', { spans: { 103: { parentId: idOf(104) } } }],
  ['every link resolves', 'a link to what never came', { spans: { 902: null } }],
  ['times nest', 'a child that begins before its parent', { spans: { 101: { startMicros: 90_000 } } }],
  ['known words', 'a name that is none', { spans: { 101: { name: 'mutation order_1' } } }],
  ['known words', 'a kind that is another', { spans: { 105: { kind: 'INTERNAL' } } }],
  ['known words', 'an attribute that is none', { spans: { 101: { attributes: { 'graphql.document': 'x' } } } }],
  ['known words', 'attributes that were left out', { spans: { 101: { dropped: 1 } } }],
  ['known words', 'a failure that says of no kind', { spans: { 101: { status: 'ERROR' } } }],
  ['nothing private', 'a payment method', { spans: { 401: { attributes: { 'panier.outcome': 'pm_card_visa' } } } }],
  ['nothing private', 'a customer', { spans: { 401: { statusMessage: 'customer_7 has no money' } } }],
  [
    'nothing private',
    'a password',
    { spans: { 105: { events: [{ name: 'lost postgres://me:secret@host', attributes: {} }] } } },
  ],
  [
    'one trace id',
    'an event of another trace',
    {
      event: (event) => ({
        ...event,
        traceparent: event.type === 'OrderCreated' ? event.traceparent : `00-${OTHER}-${idOf(902)}-01`,
      }),
    },
  ],
  [
    'one trace id',
    'an event of none',
    { event: (event) => (event.type === 'OrderConfirmed' ? { ...event, traceparent: null } : event) },
  ],
  ['events are made', 'a commit that never ended', { spans: { 403: null } }],
  [
    'events are made',
    'an event that was made by another span',
    { event: (event) => ({ ...event, traceparent: event.traceparent?.replace(idOf(403), idOf(400)) ?? null }) },
  ],
  ['events are made', 'a charge that no task made', { spans: { 400: { name: 'command payOrder' } } }],
  ['commits are appended', 'a commit without its statement', { spans: { 304: { links: [] } } }],
  ['events are published', 'an event that nobody published', { spans: { 1000: null } }],
  ['events are handled', 'an event that a group did not process', { spans: { 301: null } }],
  ['events are handled', 'an event that the audit group did not process', { spans: { 1012: null } }],
  ['events are handled', 'a process without its delivery', { spans: { 201: { links: [] } } }],
  ['events are shown', 'a delivery that was not announced', { spans: { 1025: null } }],
  [
    'events are shown',
    'a delivery that was tried again and never projected',
    { spans: { 1024: null, 1025: null }, added: [{ at: 1026, name: 'store', kind: 'CLIENT', under: 1021 }] },
  ],
  ['all is there', 'a decision that is missing', { spans: { 203: null } }],
  ['all is there', 'a call of the provider that is missing', { spans: { 401: null } }],
  ['all is there', 'a subscriber who was pushed nothing', { spans: { 1100: null } }],
  ['later commands', 'a command that is missing', { spans: { 302: null } }],
  ['later commands', 'a command without its request', { spans: { 302: { links: [] } } }],
];

describe('the verdict on traces', () => {
  it('finds nothing wrong with a sound one', () => {
    expect([...judge(evidenceOf())]).toEqual([]);
  });

  it.each(BREAKING)('%s: sees %s', (rule, _what, changes) => {
    expect(brokenBy(changes)).toContain(rule);
  });

  it('has seen every rule broken', () => {
    expect(new Set(BREAKING.map(([rule]) => rule))).toEqual(new Set(RULES));
  });

  it('takes a root below the span of a client', () => {
    const client = 'c11e9700000000ff';
    const spans = { 100: { parentId: client } };
    expect(brokenBy({ spans })).toContain('no orphan');
    expect(brokenBy({ spans, outside: [client] })).toEqual([]);
  });

  it('misses no announcement where the answer to the commit was lost, and the delivery failed or was tried again', () => {
    const spans = { 1025: null };
    const failed = { status: 'ERROR', attributes: { 'error.type': '57P01' } } as const;
    expect(brokenBy({ spans: { ...spans, 1021: failed } })).toEqual([]);
    expect(brokenBy({ spans, added: [{ at: 1026, name: 'store', kind: 'CLIENT', under: 1021 }] })).toEqual([]);
  });

  it('compares no times where a clock was set wrong', () => {
    const spans = { 101: { startMicros: 90_000 } };
    expect(brokenBy({ spans, sharesClock: false })).toEqual([]);
  });
});

const killedAt = (atMs: number, process = 'panier-1', itsClockMs = atMs): Losses =>
  new Losses({
    kills: [{ process, atMicros: atMs * 1_000, byItsClockMicros: itsClockMs * 1_000 }],
    windowMicros: 500_000,
    writtenAt: (spanId) => (spanId === idOf(104) ? [104_000] : []),
  });

const strayed = (event: EventSeen): EventSeen =>
  event.type === 'OrderConfirmed' ? { ...event, traceparent: `00-${OTHER}-${idOf(902)}-01` } : event;

describe('spans that went with a process that was killed', () => {
  const withoutCommand = { spans: { 103: null } };

  it('are excused when a child of the same process began shortly before', () => {
    const losses = killedAt(400);
    expect(brokenBy({ ...withoutCommand, losses })).toEqual([]);
    expect([...losses.excused]).toEqual([idOf(103)]);
  });

  it('are not excused by the end of another process, nor by one long after or before', () => {
    for (const losses of [killedAt(400, 'panier-2'), killedAt(700), killedAt(50)])
      expect(brokenBy({ ...withoutCommand, losses })).toContain('no orphan');
  });

  it('are excused by the clock of the process, which may have been wrong', () => {
    expect(brokenBy({ ...withoutCommand, losses: killedAt(90_000, 'panier-1', 400) })).toEqual([]);
    expect(brokenBy({ ...withoutCommand, losses: killedAt(400, 'panier-1', 90_000) })).toContain('no orphan');
  });

  it('are excused when an event that they made was written shortly before, whoever handled it', () => {
    const elsewhere = { process: 'panier-9' };
    const spans = { 104: null, 105: elsewhere, 200: elsewhere, 201: elsewhere, 302: elsewhere };
    const rest = { 1000: elsewhere, 1001: elsewhere, 1002: elsewhere };
    expect(brokenBy({ spans: { ...spans, ...rest }, losses: killedAt(400) })).toEqual([]);
    expect(brokenBy({ spans: { ...spans, ...rest }, losses: killedAt(700) })).toContain('no orphan');
  });

  it('excuse no second root, and no event of another trace', () => {
    const losses = killedAt(400);
    expect(brokenBy({ spans: { 201: { parentId: null } }, losses })).toEqual(['one root']);
    expect(brokenBy({ event: strayed, losses })).toEqual(['one trace id']);
  });

  it('are judged by the order’s own trace', () => {
    expect([...judge(evidenceOf({ spans: { 401: null } }))].map(({ subject }) => subject)).toEqual(['order_1']);
    expect([...judge(evidenceOf({ spans: { 103: null } }))].map(({ subject }) => subject)).toContain(`trace ${TRACE}`);
  });
});
