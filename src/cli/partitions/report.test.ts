import { describe, expect, it } from 'vitest';
import { describeStanding } from './report.ts';

const at = (partition: number | null, waiting: number | null = 0, behindMs = 0) => ({ partition, waiting, behindMs });

describe('what npm run partitions shows', () => {
  it('is one line where there are none', () => {
    const published = new Map([['write' as const, null]]);
    expect(
      describeStanding({ partitioning: { partitions: 1, most: 1 }, published, partitions: [at(null, 3, 1_500)] }),
    ).toBe('New events go to one partition.\n  streams          3 waiting  since 1.5 s\n');
  });

  it('names each partition with what waits in it, and those that get nothing new', () => {
    const published = new Map([
      ['write' as const, 2],
      ['saga' as const, null],
    ]);
    const partitions = [at(null), at(0, 1_234, 200), at(1, null), at(2)];
    expect(describeStanding({ partitioning: { partitions: 2, most: 3 }, published, partitions }).split('\n')).toEqual([
      'New events go to 2 partitions; there were 3 at most.',
      'Relays publish by write: 2 partitions, saga: nobody.',
      '  streams          0 waiting',
      '  {0}          1,234 waiting  since 0.2 s',
      '  {1}              ? waiting',
      '  {2}              0 waiting  (new events go elsewhere)',
      '',
    ]);
  });
});
