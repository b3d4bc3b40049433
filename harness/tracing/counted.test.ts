import { describe, expect, it } from 'vitest';
import { type Counted, lostIn, openIn, untilClosed } from './counted.ts';

const CLOSED: Counted = { process: 'gateway-1', begun: 7, ended: 7, lost: 0 };

describe('the spans that processes have counted', () => {
  it('are looked at until none is open', async () => {
    const looks = [{ ...CLOSED, ended: 5 }, { ...CLOSED, ended: 6 }, CLOSED];
    expect(await untilClosed(async () => [looks.shift() ?? CLOSED])).toEqual([CLOSED]);
    expect(looks).toEqual([]);
  });

  it('are in order when all were ended, and none was lost', () => {
    expect([...openIn([CLOSED]), ...lostIn([CLOSED])]).toEqual([]);
    expect(openIn([{ ...CLOSED, ended: 6 }])).toEqual(['gateway-1 has begun 7 spans, and ended 6']);
    expect(openIn([{ ...CLOSED, begun: 0, ended: 0 }])).toEqual(['gateway-1 has begun no span']);
    expect(lostIn([{ ...CLOSED, lost: 2 }])).toEqual(['gateway-1 has lost 2 spans']);
  });
});
