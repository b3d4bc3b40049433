import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeReport } from '../../src/cli/replay-report.ts';
import { READ_MODELS } from '../../src/read/index.ts';
import { documentAt } from './markdown.ts';

const page = documentAt('docs/operations.md');

const blockThat = (begins: RegExp): string => page.blocks.find(({ text }) => begins.test(text))?.text ?? '';

describe('what docs/operations.md shows', () => {
  it('of a replay has the read models that there are, as a replay prints them', () => {
    const shown = blockThat(/^\d+ events folded/);
    const rows = [...shown.matchAll(/ (\d+) rows /g)].map(({ 1: count }) => Number(count));
    const names = READ_MODELS.flatMap(({ tables }) => tables.map(({ name }) => name));
    const inOrder = [...shown.matchAll(/^ {2}(\w+) /gm)].map(({ 1: name = '' }) => name);
    expect(inOrder.toSorted()).toEqual(names.toSorted());
    const tables = inOrder.map((table, nth) => ({ table, rows: rows[nth] ?? 0, differing: 0, examples: [] }));
    expect(shown).toBe(describeReport({ events: Number.parseInt(shown, 10), tables }, false));
  });

  it('of a verification are rules that there are', () => {
    const shown = [...blockThat(/^ok /).matchAll(/^(?:ok|BROKEN) +[\d.]+ s {2}(.+?)(?:: not so for \d+)?$/gm)];
    const checks = globSync('src/upkeep/verification/*.ts').map((file) => readFileSync(file, 'utf8'));
    expect(shown).toHaveLength(2);
    expect(
      shown.map(({ 1: rule = '' }) => rule).filter((rule) => !checks.some((text) => text.includes(`'${rule}'`))),
    ).toEqual([]);
  });
});
