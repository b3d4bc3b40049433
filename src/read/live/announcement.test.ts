import { describe, expect, it } from 'vitest';
import { type AnnouncementPart, decodeAnnouncement, encodeAnnouncement } from './announcement.ts';

const announcement = {
  advances: [{ partition: 0, after: 7n, position: 12_345_678_901_234_567n }],
  changes: { carts: ['cart_1'], orders: [], products: ['prod_1'] },
};

describe('an announcement', () => {
  it('survives its way over the wire', () => {
    const [message = ''] = encodeAnnouncement(announcement);
    expect(decodeAnnouncement(message)).toEqual({ ...announcement, part: 1, parts: 1 });
  });

  it.each([
    ['no event', []],
    ['one other partition', [{ partition: 3, after: 0n, position: 9n }]],
    [
      'several partitions',
      [
        { partition: 0, after: 4n, position: 12n },
        { partition: 3, after: 0n, position: 9n },
      ],
    ],
  ])('says how far it goes: %s', (_what, advances) => {
    const [message = ''] = encodeAnnouncement({ ...announcement, advances });
    expect(decodeAnnouncement(message)).toEqual({ ...announcement, advances, part: 1, parts: 1 });
  });

  it('is sent in parts when it is large, and none of it is lost', () => {
    const products = Array.from({ length: 2_345 }, (_, index) => `prod_${index}`);
    const messages = encodeAnnouncement({ ...announcement, changes: { ...announcement.changes, products } });
    const parts = messages.map(decodeAnnouncement).filter((part): part is AnnouncementPart => part !== null);
    expect(parts.map(({ part, parts: of }) => [part, of])).toEqual([
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
    expect(parts.flatMap(({ changes }) => changes['products'])).toEqual(products);
    expect(parts.flatMap(({ changes }) => changes['carts'])).toEqual(['cart_1']);
  });

  it.each(['', 'nonsense', 'null', '{}', '{"part":1,"parts":1,"after":"x","position":"1"}', '[1]'])(
    'is not what %j is',
    (message) => {
      expect(decodeAnnouncement(message)).toBeNull();
    },
  );
});
