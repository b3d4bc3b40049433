import { describe, expect, it } from 'vitest';
import { readEndpoint, readOverlapHours, readRedeliverFrom, readTypes } from './filled-in.ts';

const form = (fields: Readonly<Record<string, string>>): FormData => {
  const filled = new FormData();
  for (const [name, value] of Object.entries(fields)) filled.set(name, value);
  return filled;
};

describe('what was filled in', () => {
  it.each([
    ['', null],
    [' , ', null],
    ['OrderConfirmed', ['OrderConfirmed']],
    ['OrderConfirmed, OrderCancelled;CartCreated\nOrderConfirmed', ['OrderConfirmed', 'OrderCancelled', 'CartCreated']],
  ])('as event types, %j, is %j', (text, types) => {
    expect(readTypes(text)).toEqual(types);
  });

  it('makes an endpoint', () => {
    expect(readEndpoint(form({ url: ' https://a.example/hooks ', types: '', format: 'BINARY' }))).toEqual({
      url: 'https://a.example/hooks',
      eventTypes: null,
      format: 'BINARY',
    });
  });

  it('may leave the overlap out', () => {
    expect([readOverlapHours(form({})), readOverlapHours(form({ hours: '0' }))]).toEqual([24, 0]);
  });

  it('says from where to send again', () => {
    expect(readRedeliverFrom(form({ from: 'First' }))).toEqual({ kind: 'First' });
    expect(readRedeliverFrom(form({ from: 'Cursor', cursor: 'abc' }))).toEqual({ kind: 'Cursor', cursor: 'abc' });
    expect(readRedeliverFrom(form({ from: 'Instant', at: '2026-01-01T00:00' }))).toEqual({
      kind: 'Instant',
      at: '2026-01-01T00:00',
    });
  });
});
