import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recorded } from '../../harness/support/recorded.ts';
import { rebuild } from '../../src/audit/index.ts';
import { newId, type Recorded } from '../../src/events/index.ts';
import { readProjections } from '../../src/read/index.ts';
import { openReadSide, type ReadSide } from './read-side.ts';

let side: ReadSide;
beforeAll(async () => {
  side = await openReadSide();
});
afterAll(() => side[Symbol.asyncDispose]());

const NOTE = 'x'.repeat(250_000);

/** As another service may write it: with a field that nobody knows, as large as it may be. */
const large = (): Recorded => {
  const adjusted = recorded({ type: 'StockAdjusted', data: { productId: newId('Product'), delta: 1, reason: null } });
  const data = { ...adjusted.envelope.data, note: NOTE };
  return { ...adjusted, envelope: { ...adjusted.envelope, producer: 'shop-service', data } };
};

describe('events as large as they may be', () => {
  it('are folded anew, all of them, a few at a time', async () => {
    const audit = side.audit();
    for (let nth = 0; nth < 4; nth += 1) await audit.handle(Array.from({ length: 40 }, large));
    const folded: number[] = [];
    const onProgress = ({ events }: { readonly events: number }): void => void folded.push(events);
    const report = await rebuild({ db: side.db, projections: readProjections, dryRun: true, onProgress });
    expect(report.events).toBe(160);
    expect(report.tables.filter(({ differing }) => differing > 0)).toEqual([]);
    const sizes = folded.map((events, nth) => events - (folded[nth - 1] ?? 0));
    expect(Math.max(...sizes)).toBeLessThan(100);
  });

  it('make pages as any others do', async () => {
    const { events } = await side.audit().page({ filter: {}, first: 100 });
    expect(events).toHaveLength(100);
    expect(events.every(({ envelope }) => envelope.data['note'] === NOTE)).toBe(true);
  });
});
