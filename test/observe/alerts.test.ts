import { describe, expect, it } from 'vitest';
import { documentAt } from '../docs/markdown.ts';
import { strangersAmong } from './known-series.ts';
import { selectorsOf } from './promql.ts';
import { ALERTS, RECORDED, RECORDINGS, RULE_TESTS } from './rules.ts';

const OPERATIONS = 'docs/operations.md';

const keyOf = (name: string, severity: string): string => `${name} ${severity}`;

const firing = (labels: string): readonly string[] => {
  const [, name = ''] = /alertname="(\w+)"/.exec(labels) ?? [];
  const [, severity = ''] = /severity="(\w+)"/.exec(labels) ?? [];
  return name === '' ? [] : [keyOf(name, severity)];
};

const alertTests = RULE_TESTS.map(({ name, promql_expr_test: asked }) => ({
  name,
  fired: asked.map(({ exp_samples: samples }) => samples.flatMap(({ labels }) => firing(labels))),
}));

const summedWith = (operator: string) => selectorsOf(`sum by (kind) (up ${operator} on (job) panier_stuck_orders)`);

describe('the rules for Prometheus', () => {
  it('ask for what there is, by labels that it has', () => {
    const selectors = [...RECORDINGS, ...ALERTS].flatMap(({ expr }) => selectorsOf(expr));
    expect(strangersAmong(selectors, RECORDED)).toEqual([]);
  });

  it('find fault with what there is not', () => {
    const selectors = selectorsOf('sum by (shop) (rate(panier_frames_total{kind="a"}[5m])) + redis_memory');
    expect(strangersAmong(selectors, RECORDED)).toEqual([
      'panier_frames_total has no label kind: panier_frames_total{kind="a"}',
      'panier_frames_total has no label shop: panier_frames_total{kind="a"}',
      'redis_memory is shown by nobody: redis_memory',
    ]);
  });

  it('sum by labels of what they sum, and not of what they choose by', () => {
    expect(summedWith('and').map(({ labels }) => labels)).toEqual([['kind'], []]);
    expect(summedWith('/').map(({ labels }) => labels)).toEqual([['kind'], ['kind']]);
  });

  it('are tried with series as panier shows them', () => {
    const selectors = RULE_TESTS.flatMap((test) => test.input_series.flatMap(({ series }) => selectorsOf(series)));
    expect(strangersAmong(selectors, RECORDED)).toEqual([]);
  });
});

describe.each(ALERTS)('the alert $alert, $labels.severity', ({ alert, labels: { severity }, annotations }) => {
  const key = keyOf(alert, severity);

  it('pages somebody or writes a ticket, and says in words what is the matter', () => {
    expect(['page', 'ticket']).toContain(severity);
    expect(annotations.summary.length).toBeGreaterThan(10);
    expect(annotations.description).toMatch(/[.]$/);
  });

  it('has its entry in the runbook, to which it leads', () => {
    const [path, anchor = ''] = annotations.runbook_url.split('#');
    expect(path).toBe(OPERATIONS);
    expect(anchor).toBe(alert.toLowerCase());
    expect([...documentAt(OPERATIONS).anchors]).toContain(anchor);
  });

  it('is tried by promtool: to fire, and before that to be silent', () => {
    const own = alertTests.filter(({ fired }) => fired.some((keys) => keys.includes(key)));
    expect(own).not.toEqual([]);
    for (const { fired } of own) expect(fired[0]).not.toContain(key);
  });
});

describe('the runbook', () => {
  it('has no entry of an alert that there is not', () => {
    const { text } = documentAt(OPERATIONS);
    const entries = [...text.matchAll(/^#### (Panier\w+)$/gm)].map(([, name = '']) => name);
    expect(entries.toSorted()).toEqual([...new Set(ALERTS.map(({ alert }) => alert))].toSorted());
  });
});
