import { describe, expect, it } from 'vitest';
import { ownMs } from '../../../harness/support/own-time.ts';
import { openLogger, systemClock } from '../../platform/index.ts';
import { changeableLayout } from './changeable-layout.fixture.ts';
import { LeasedShare, type LeasedShareOptions } from './leased-share.ts';

type Given = Partial<Pick<LeasedShareOptions, 'leaseMs' | 'layout' | 'table'>>;

const TABLE: LeasedShareOptions['table'] = {
  renew: async () => {},
  readers: async () => [],
  take: async (units) => units,
  letGo: async () => {},
  leave: async () => {},
};

const shareOf = (given: Given): LeasedShare =>
  new LeasedShare({
    group: 'group',
    id: 'me',
    streams: ['stream'],
    layout: changeableLayout({ partitions: 4, most: 4 }),
    table: TABLE,
    leaseMs: 3_000,
    clock: systemClock,
    logger: openLogger('silent'),
    ...given,
  });

describe('a leased share', () => {
  it.each([500, 1_000, 2_000, 3_000, 60_000])(
    'lets reads wait whole milliseconds with leases of %i ms',
    async (leaseMs) => {
      await using share = shareOf({ leaseMs });
      expect(share.maxBlockMs()).toSatisfy(Number.isInteger);
      expect(share.maxBlockMs()).toBeLessThanOrEqual(leaseMs / 6);
    },
  );

  it('tells of what has changed since its member asked for it, also before it is waited for', async () => {
    const taken = Promise.withResolvers<void>();
    const take: LeasedShareOptions['table']['take'] = async (units) => {
      taken.resolve();
      return units;
    };
    await using share = shareOf({ table: { ...TABLE, take } });
    expect(share.streams()).toEqual([]);
    await share.resume(async () => {});
    await taken.promise;
    await systemClock.sleep(50);
    expect(await ownMs(() => share.changed(new AbortController().signal))).toBeLessThan(1_000);
    expect(share.streams()).not.toEqual([]);
  });
});
