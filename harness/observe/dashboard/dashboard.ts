import { COMMANDS, OPERATIONS, SUBSCRIPTIONS } from './clients.ts';
import { EVENTS, GROUPS } from './events.ts';
import { OVERVIEW } from './overview.ts';
import type { PanelOf, RowOf } from './panel.ts';
import { SAGAS } from './sagas.ts';
import { PROCESSES, STORES } from './servers.ts';

const ROWS: readonly RowOf[] = [
  OVERVIEW,
  OPERATIONS,
  COMMANDS,
  SAGAS,
  EVENTS,
  GROUPS,
  SUBSCRIPTIONS,
  STORES,
  PROCESSES,
];

/** The last of the form that every Grafana imports. Source: the DASHBOARD_SCHEMA_VERSION of its DashboardMigrator. */
const SCHEMA_VERSION = 42;
const COLUMNS = 24;
const SIZES = { stat: { w: 4, h: 4 }, timeseries: { w: 8, h: 8 } } as const;

/** Nobody's by name: whoever imports the dashboard chooses which Prometheus it asks. */
const SOURCE = { type: 'prometheus', uid: '${datasource}' };

/** Labels' values, as the Prometheus of Grafana asks for them. */
const LABEL_VALUES = 1;

const variableOf = (name: string, label: string, query: string) => ({
  name,
  label,
  type: 'query',
  datasource: SOURCE,
  definition: query,
  query: { qryType: LABEL_VALUES, query, refId: 'PrometheusVariableQueryEditor-VariableQuery' },
  refresh: 2,
  sort: 1,
});

const VARIABLES = [
  { name: 'datasource', label: 'Prometheus', type: 'datasource', query: 'prometheus' },
  variableOf('job', 'Job', 'label_values(panier_http_requests_total, job)'),
  {
    ...variableOf('instance', 'Process', 'label_values(process_start_time_seconds{job="$job"}, instance)'),
    multi: true,
    includeAll: true,
    allValue: '.*',
    current: { text: ['All'], value: ['$__all'] },
  },
];

interface Place {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

const thresholdsOf = ({ redFrom }: PanelOf) => ({
  mode: 'absolute',
  steps: [{ color: 'green', value: null }, ...(redFrom === undefined ? [] : [{ color: 'red', value: redFrom }])],
});

const optionsOf = ({ kind }: PanelOf) =>
  kind === 'stat'
    ? { colorMode: 'value', graphMode: 'none', reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false } }
    : {
        legend: { displayMode: 'list', placement: 'bottom', showLegend: true },
        tooltip: { mode: 'multi', sort: 'desc' },
      };

const panelAt = (panel: PanelOf, id: number, gridPos: Place) => ({
  id,
  type: panel.kind,
  title: panel.title,
  description: panel.description,
  datasource: SOURCE,
  gridPos,
  fieldConfig: { defaults: { unit: panel.unit, thresholds: thresholdsOf(panel) }, overrides: [] },
  options: optionsOf(panel),
  targets: panel.queries.map(({ expr, legend }, nth) => ({
    refId: String.fromCodePoint('A'.charCodeAt(0) + nth),
    datasource: SOURCE,
    expr,
    legendFormat: legend,
  })),
});

/** Side by side, and in the next line what has no room. */
const placesIn = (panels: readonly PanelOf[], top: number): readonly Place[] => {
  let [x, y, height] = [0, top, 0];
  return panels.map(({ kind }) => {
    const { w, h } = SIZES[kind];
    if (x + w > COLUMNS) [x, y, height] = [0, y + height, 0];
    const place = { x, y, w, h };
    [x, height] = [x + w, Math.max(height, h)];
    return place;
  });
};

const bottomOf = (places: readonly Place[]): number => Math.max(...places.map(({ y, h }) => y + h));

const panels = () => {
  let [id, y] = [0, 0];
  return ROWS.flatMap((row) => {
    const places = placesIn(row.panels, y + 1);
    const heading = {
      id: (id += 1),
      type: 'row',
      title: row.title,
      collapsed: false,
      panels: [],
      gridPos: { x: 0, y, w: COLUMNS, h: 1 },
    };
    const shown = row.panels.map((panel, nth) => panelAt(panel, (id += 1), places[nth] ?? { x: 0, y, w: 0, h: 0 }));
    y = bottomOf(places);
    return [heading, ...shown];
  });
};

/** The dashboard, as Grafana imports it. */
export const dashboard = () => ({
  uid: 'panier',
  title: 'panier',
  description: 'Carts, checkouts and sagas of a panier, its machinery and its stores.',
  tags: ['panier'],
  schemaVersion: SCHEMA_VERSION,
  editable: true,
  graphTooltip: 1,
  refresh: '30s',
  time: { from: 'now-1h', to: 'now' },
  timezone: 'browser',
  templating: { list: VARIABLES },
  annotations: { list: [] },
  links: [],
  panels: panels(),
});
