import { OF_PROCESSES, type RowOf, rateOf, sharedOf } from './panel.ts';

const LIMIT = 'may use';

export const STORES: RowOf = {
  title: 'Stores',
  panels: [
    {
      kind: 'timeseries',
      title: 'Memory of Redis',
      description: 'What it uses, and what it may use. It evicts nothing: full, it takes no more events.',
      unit: 'bytes',
      queries: [
        { expr: sharedOf('panier_redis_memory_used_bytes', 'job'), legend: 'used' },
        { expr: sharedOf('panier_redis_memory_max_bytes', 'job'), legend: LIMIT },
      ],
    },
    {
      kind: 'timeseries',
      title: 'Disk of Redis',
      description: 'Its append-only file, where it keeps one.',
      unit: 'bytes',
      queries: [{ expr: sharedOf('panier_redis_aof_bytes', 'job'), legend: 'append-only file' }],
    },
    {
      kind: 'stat',
      title: 'Redis writes to its disk',
      description: 'Whether it could last, of what it keeps there. No: its disk is full, or broken.',
      unit: 'bool_yes_no',
      queries: [{ expr: `min by (what) (panier_redis_last_write_ok{job="$job"})`, legend: '{{what}}' }],
    },
    {
      kind: 'timeseries',
      title: 'Disk of PostgreSQL',
      description: 'What the database takes; journals and the event store grow for ever.',
      unit: 'bytes',
      queries: [{ expr: sharedOf('panier_postgres_database_bytes', 'job'), legend: 'database' }],
    },
    {
      kind: 'timeseries',
      title: 'Connections to PostgreSQL',
      description: 'Of everybody, and how many it lets in.',
      unit: 'short',
      queries: [
        { expr: sharedOf('panier_postgres_connections', 'job'), legend: 'open' },
        { expr: sharedOf('panier_postgres_max_connections', 'job'), legend: 'let in' },
      ],
    },
    {
      kind: 'timeseries',
      title: 'Pools',
      description: 'Connections of processes that are in use, and who waits for one. Nobody waits for long.',
      unit: 'short',
      queries: [
        {
          expr: `sum by (pool) (panier_pool_connections{${OF_PROCESSES}, state="used"})`,
          legend: '{{pool}} used',
        },
        { expr: `sum by (pool) (panier_pool_waiting{${OF_PROCESSES}})`, legend: '{{pool}} waiting' },
      ],
    },
  ],
};

const perProcess = (metric: string): string => `${metric}{${OF_PROCESSES}}`;

export const PROCESSES: RowOf = {
  title: 'Processes',
  panels: [
    {
      kind: 'stat',
      title: 'Processes',
      description: 'Whether each answers Prometheus.',
      unit: 'bool_yes_no',
      queries: [{ expr: perProcess('up'), legend: '{{instance}}' }],
    },
    {
      kind: 'stat',
      title: 'Running since',
      description: 'For how long each has run.',
      unit: 's',
      queries: [{ expr: `time() - ${perProcess('process_start_time_seconds')}`, legend: '{{instance}}' }],
    },
    {
      kind: 'timeseries',
      title: 'Delay of the event loop',
      description: 'By how much timers came late since the scrape before: all that a process answers waits as long.',
      unit: 's',
      queries: [{ expr: perProcess('nodejs_eventloop_delay_seconds'), legend: '{{instance}} {{quantile}}' }],
    },
    {
      kind: 'timeseries',
      title: 'Processor',
      description: 'Of one core: a process of Node.js has little use for a second.',
      unit: 'percentunit',
      queries: [{ expr: rateOf('process_cpu_seconds_total', 'instance'), legend: '{{instance}}' }],
    },
    {
      kind: 'timeseries',
      title: 'Memory',
      description: 'Resident memory, and buffers outside of the heap.',
      unit: 'bytes',
      queries: [
        { expr: perProcess('process_resident_memory_bytes'), legend: '{{instance}} resident' },
        { expr: perProcess('nodejs_external_memory_bytes'), legend: '{{instance}} external' },
      ],
    },
    {
      kind: 'timeseries',
      title: 'Spans of traces',
      description: 'Spans, by how far they came, where traces are on. What is lost the collector did not take.',
      unit: 'ops',
      queries: [{ expr: rateOf('panier_spans_total', 'state'), legend: '{{state}}' }],
    },
    {
      kind: 'timeseries',
      title: 'Heap',
      description:
        'What is used of the heap, what is set aside for it, and what it may take: at more the process ends.',
      unit: 'bytes',
      queries: [
        { expr: perProcess('nodejs_heap_size_used_bytes'), legend: '{{instance}} used' },
        { expr: perProcess('nodejs_heap_size_total_bytes'), legend: '{{instance}} total' },
        { expr: perProcess('nodejs_heap_size_limit_bytes'), legend: `{{instance}} ${LIMIT}` },
      ],
    },
  ],
};
