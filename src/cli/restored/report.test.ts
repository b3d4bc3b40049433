import { expect, it } from 'vitest';
import { describeMissed, MissedSums } from './report.ts';

const sumsOf = (entries: readonly (readonly string[])[]) => {
  const sums = new MissedSums();
  for (const fields of entries)
    sums.add({ entry: { stream: 'ecommerce.orders.events', id: '1-1', fields }, isLost: false });
  return sums;
};

it('what other services wrote moves no cursor and is no line of its own', () => {
  const sums = sumsOf([['event_type', `Shipped\u001b[2J\n${'x'.repeat(9_000)}`, 'occurred_at', '\u202e2026\r']]);
  const report = describeMissed(sums, null);
  const lines = report.split('\n');
  expect(lines).toHaveLength(5);
  for (const line of lines) expect(line).toMatch(/^[^\p{Cc}\u202e]*$/u);
  expect(report).toContain('Shipped\\u001b[2J\\u000axxx');
  expect(report.length).toBeLessThan(500);
});

it('types that are made up do not fill a terminal', () => {
  const sums = sumsOf(Array.from({ length: 5_000 }, (_, nth) => ['event_type', `Type${nth}`]));
  const report = describeMissed(sums, null);
  expect(report).toContain('Type19 1, others 4980');
  expect(report.length).toBeLessThan(600);
});
