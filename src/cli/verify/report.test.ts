import { describe, expect, it } from 'vitest';
import type { Offender } from '../../upkeep/index.ts';
import { progressTo } from './progress.ts';
import { describeVerdicts } from './report.ts';

const offenders = (count: number): readonly Offender[] =>
  Array.from({ length: count }, (_, nth) => ({ name: `order_${nth + 1}`, detail: 'held twice' }));

describe('the report of a verification', () => {
  it('says of each rule whether it holds', () => {
    const finding = { count: 0, offenders: [] };
    expect(describeVerdicts([{ rule: 'a cart becomes one order', finding, seconds: 0.04 }])).toBe(
      'ok         0.0 s  a cart becomes one order\nAll 1 rules hold.\n',
    );
  });

  it('names what is only to be known of, and counts it as no rule that is broken', () => {
    const report = describeVerdicts([
      { rule: 'text is text', isRemark: true, finding: { count: 1, offenders: offenders(1) }, seconds: 0 },
    ]);
    expect(report).toBe(
      `NOTED      0.0 s  text is text: not so for 1\n${' '.repeat(18)}order_1: held twice\nAll 1 rules hold.\n`,
    );
  });

  it('names the first offenders, and counts the rest', () => {
    const report = describeVerdicts([
      { rule: 'nothing is held twice', finding: { count: 1_207, offenders: offenders(7) }, seconds: 12 },
      { rule: 'a cart becomes one order', finding: { count: 0, offenders: [] }, seconds: 0 },
    ]);
    expect(report.split('\n')).toEqual([
      'BROKEN    12.0 s  nothing is held twice: not so for 1,207',
      ...offenders(5).map(({ name, detail }) => `${' '.repeat(18)}${name}: ${detail}`),
      `${' '.repeat(18)}and 1,202 more`,
      'ok         0.0 s  a cart becomes one order',
      '1 of 2 rules are broken.',
      '',
    ]);
  });
});

const shown = (isTTY: boolean, columns = 80): readonly string[] => {
  const written: string[] = [];
  const progress = progressTo({ isTTY, columns, write: (text) => written.push(text) });
  progress.show({ done: 0, total: 12, rule: 'the first', share: 0 });
  for (const share of [0, 0.5]) progress.show({ done: 11, total: 12, rule: 'the last', share });
  progress[Symbol.dispose]();
  return written;
};

describe('the progress of a verification', () => {
  it('is a bar that is cleared away at the end on a terminal', () => {
    const written = shown(true);
    expect(written).toHaveLength(4);
    expect(written[0]).toContain(`${'░'.repeat(24)}  1/12  the first`);
    expect(written[2]).toContain(`${'█'.repeat(23)}░ 12/12  the last 50 %`);
    expect(written[3]).toBe('\r\x1b[K');
  });

  it('does not wrap on a narrow terminal', () => {
    expect(shown(true, 40)[0]).toBe(`\r\x1b[K${'░'.repeat(24)}  1/12  the fir`);
  });

  it('is a line for each rule where there is no terminal', () => {
    expect(shown(false)).toEqual([' 1/12  the first\n', '12/12  the last\n']);
  });
});
