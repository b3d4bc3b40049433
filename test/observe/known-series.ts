import { codesIn, documentAt, tableUnder } from '../docs/markdown.ts';
import type { Selector } from './promql.ts';

type Labels = readonly string[];

/** Of every series that Prometheus scrapes. */
const OF_PROMETHEUS = ['job', 'instance'];

const listed = (cell = ''): Labels => cell.split(',').flatMap((each) => (each.trim() === '' ? [] : [each.trim()]));

const seriesOf = (name: string, type: string, labels: Labels): readonly (readonly [string, Labels])[] =>
  type === 'histogram'
    ? [
        [`${name}_bucket`, [...labels, 'le']],
        [`${name}_sum`, labels],
        [`${name}_count`, labels],
      ]
    : [[name, labels]];

/** Every series of the table in docs/operations.md, which test/e2e/metrics.e2e.test.ts holds to a scrape, with its labels. */
const scraped = new Map(
  tableUnder(documentAt('docs/operations.md'), '## Metrics').flatMap(([names, type = '', labels]) =>
    codesIn(names).flatMap((name) => seriesOf(name, type, [...OF_PROMETHEUS, ...listed(labels)])),
  ),
);

const made: ReadonlyMap<string, Labels> = new Map([
  ['up', OF_PROMETHEUS],
  ['ALERTS', ['job', 'alertname', 'alertstate', 'severity']],
]);

/** What is wrong with these selectors: series that nobody has, labels that they have not. `recorded`: by rules. */
export const strangersAmong = (
  selectors: readonly Selector[],
  recorded: ReadonlyMap<string, Labels>,
): readonly string[] =>
  selectors.flatMap(({ metric, labels, text }) => {
    const known = scraped.get(metric) ?? made.get(metric) ?? recorded.get(metric);
    if (known === undefined) return [`${metric} is shown by nobody: ${text}`];
    return labels.filter((label) => !known.includes(label)).map((label) => `${metric} has no label ${label}: ${text}`);
  });
