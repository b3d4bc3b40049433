import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dashboard } from '../../harness/observe/dashboard/dashboard.ts';
import { strangersAmong } from './known-series.ts';
import { selectorsOf } from './promql.ts';
import { RECORDED } from './rules.ts';

const FILE = 'deploy/grafana/panier.json';
const MAX_COLUMNS = 24;

const text = readFileSync(FILE, 'utf8');
const { panels, ...made } = dashboard();
const pictures = panels.flatMap((panel) => ('targets' in panel ? [panel] : []));

describe('the dashboard', () => {
  it('is what npm run dashboard writes', () => {
    expect(text).toBe(`${JSON.stringify({ ...made, panels }, null, 2)}\n`);
  });

  it('names no Prometheus, but asks whoever imports it', () => {
    const sources = [...text.matchAll(/"uid": "([^"]*)"/g)].map(([, uid = '']) => uid);
    expect([...new Set(sources)].toSorted()).toEqual(['${datasource}', 'panier']);
  });

  it('asks for what there is, by labels that it has', () => {
    const selectors = pictures.flatMap(({ targets }) => targets.flatMap(({ expr }) => selectorsOf(expr)));
    expect(selectors.length).toBeGreaterThan(60);
    expect(strangersAmong(selectors, RECORDED)).toEqual([]);
  });

  it('has every panel once, in a place of its own', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const taken = new Set<string>();
    for (const { title, gridPos } of panels) {
      expect([title, gridPos.x + gridPos.w <= MAX_COLUMNS]).toEqual([title, true]);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1)
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
          expect([title, taken.has(`${x} ${y}`)]).toEqual([title, false]);
          taken.add(`${x} ${y}`);
        }
    }
  });

  it.each(pictures)('says of "$title" what it shows, and in which unit', ({ description, fieldConfig, targets }) => {
    expect(description).toMatch(/[.)]$/);
    expect(fieldConfig.defaults.unit).not.toBe('');
    for (const { legendFormat } of targets) expect(legendFormat).not.toBe('');
  });
});
