/** A line of a panel: what is asked of Prometheus, and what its series are called. */
export interface Query {
  readonly expr: string;
  readonly legend: string;
}

/** Units of Grafana's. Source: grafana.com/docs/grafana/latest/panels-visualizations/configure-standard-options. */
export type Unit = 'short' | 'none' | 's' | 'bytes' | 'percentunit' | 'reqps' | 'ops' | 'cps' | 'bool_yes_no';

/** A picture with one matter. */
export interface PanelOf {
  readonly kind: 'timeseries' | 'stat';
  readonly title: string;
  /** What it shows, and what it is like when all is well. */
  readonly description: string;
  readonly unit: Unit;
  readonly queries: readonly [Query, ...Query[]];
  /** From which value on a stat is red; without it none is. */
  readonly redFrom?: number;
}

export interface RowOf {
  readonly title: string;
  readonly panels: readonly PanelOf[];
}

/** Of all the processes that are chosen. */
export const OF_PROCESSES = 'job="$job", instance=~"$instance"';
/** Of what all processes share: whichever gateway is asked tells the same. */
export const OF_ALL = 'job="$job"';

/** A counter's rise in a second, summed by these labels. */
export const rateOf = (metric: string, by: string, matching = ''): string =>
  `sum by (${by}) (rate(${metric}{${OF_PROCESSES}${matching && `, ${matching}`}}[$__rate_interval]))`;

/** Of a histogram: so many of a hundred took no longer. */
export const quantileOf = (quantile: number, histogram: string, by = ''): string =>
  `histogram_quantile(${quantile}, ${rateOf(`${histogram}_bucket`, by === '' ? 'le' : `le, ${by}`)})`;

/** The mean of a histogram. */
export const meanOf = (histogram: string): string =>
  `sum(rate(${histogram}_sum{${OF_PROCESSES}}[$__rate_interval])) / sum(rate(${histogram}_count{${OF_PROCESSES}}[$__rate_interval]))`;

/** What gateways tell of all: the greatest of what they say. */
export const sharedOf = (metric: string, by: string, matching = ''): string =>
  `max by (${by}) (${metric}{${OF_ALL}${matching && `, ${matching}`}})`;
