import { globSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

export interface Recording {
  readonly record: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly expr: string;
}

export interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: { readonly severity: string };
  readonly annotations: Readonly<Record<'summary' | 'description' | 'runbook_url', string>>;
}

interface RuleFile {
  readonly groups: readonly { readonly name: string; readonly rules: readonly (Recording | Alert)[] }[];
}

export const RULE_FILES = globSync('deploy/prometheus/rules/*.yml').toSorted();
export const TEST_FILES = globSync('deploy/prometheus/tests/*.test.yml').toSorted();

const rules = RULE_FILES.flatMap((file) =>
  (parse(readFileSync(file, 'utf8')) as RuleFile).groups.flatMap((group) => group.rules),
);

export const RECORDINGS: readonly Recording[] = rules.filter((rule) => 'record' in rule);
export const ALERTS: readonly Alert[] = rules.filter((rule) => 'alert' in rule);

/** The names that rules record by, and the labels of what they make. */
export const RECORDED: ReadonlyMap<string, readonly string[]> = new Map(
  RECORDINGS.map(({ record, labels }) => [record, ['job', ...Object.keys(labels)]]),
);

interface RuleTest {
  readonly name: string;
  readonly input_series: readonly { readonly series: string }[];
  readonly promql_expr_test: readonly {
    readonly expr: string;
    readonly exp_samples: readonly { readonly labels: string }[];
  }[];
}

/** What promtool is to try. */
export const RULE_TESTS: readonly RuleTest[] = TEST_FILES.flatMap(
  (file) => (parse(readFileSync(file, 'utf8')) as { readonly tests: readonly RuleTest[] }).tests,
);
