import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { ALERTS, RECORDINGS, RULE_FILES, TEST_FILES } from './rules.ts';
import { prometheusHere, withPrometheus } from './with-prometheus.ts';

const run = promisify(execFile);

const promtool = async (...args: readonly string[]): Promise<string> => {
  const { stdout, stderr } = await run(prometheusHere().tool, args);
  return stdout + stderr;
};

const directory = mkdtempSync(join(tmpdir(), 'panier-rules-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** The rules and their tests, with one text in place of another. */
const changed = (file: string, text: string, by: string): string => {
  const place = mkdtempSync(join(directory, 'changed-'));
  for (const kind of ['rules', 'tests']) mkdirSync(join(place, kind), { recursive: true });
  for (const path of RULE_FILES) copyFileSync(path, join(place, 'rules', basename(path)));
  for (const path of TEST_FILES) copyFileSync(path, join(place, 'tests', basename(path)));
  const target = join(place, 'rules', `${file}.yml`);
  const rules = readFileSync(target, 'utf8');
  expect(rules).toContain(text);
  writeFileSync(target, rules.replace(text, by));
  return join(place, 'tests', `${file}.test.yml`);
};

withPrometheus('promtool', () => {
  it('takes the rules, and the settings that name them', async () => {
    const said = await promtool('check', 'rules', ...RULE_FILES);
    const counts = [...said.matchAll(/SUCCESS: (\d+) rules found/g)].map(([, count]) => Number(count));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(ALERTS.length + RECORDINGS.length);
    expect(await promtool('check', 'config', 'deploy/prometheus/prometheus.yml')).toContain('SUCCESS');
  });

  it.concurrent.each(TEST_FILES)(
    'sees the alerts of %s fire when they should, and be silent when not',
    async (file) => {
      expect(await promtool('test', 'rules', file)).toContain('SUCCESS');
    },
  );

  it.concurrent.each([
    ['sagas', 'panier_stuck_orders) > 0', 'panier_stuck_orders) > 3'],
    ['machinery', 'panier_group_lag_seconds) > 60', 'panier_group_lag_seconds) > 59'],
    ['stores', 'for: 2m', 'for: 20m'],
    ['processes', 'absent(up{job="panier"})', 'absent(up{job="shop"})'],
    ['burn-rates', '14.4 * 0.001', '60 * 0.001'],
  ])('sees a fault in the alerts of %s', async (file, text, by) => {
    await expect(promtool('test', 'rules', changed(file, text, by))).rejects.toThrow('FAILED');
  });
});
