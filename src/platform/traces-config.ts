import type { EnvironmentReader } from './environment.ts';

const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

/** How spans are recorded and sent, by OpenTelemetry's standard variables. */
export interface TracesConfig {
  /** Where spans are posted to. */
  readonly url: string;
  readonly sampler: (typeof SAMPLERS)[number];
  /** The share of traces that is recorded, for samplers by ratio. */
  readonly ratio: number;
  readonly queue: {
    readonly delayMs: number;
    readonly exportTimeoutMs: number;
    readonly maxSpans: number;
    readonly maxAtOnce: number;
  };
}

const WEB = ['http:', 'https:'] as const;
const PROTOCOL = 'http/protobuf';
/** Ten times the standard's: at that, a busy process would leave out spans, and with them the parents of others. */
const MAX_WAITING = 20_480;

/** The endpoint for traces stands as it is; below that for everything, they are at a path. */
const readUrl = ({ url }: EnvironmentReader): string | null => {
  const own = url('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', WEB);
  if (own !== undefined) return own;
  const shared = url('OTEL_EXPORTER_OTLP_ENDPOINT', WEB);
  return shared === undefined ? null : `${shared.replace(/\/$/, '')}/v1/traces`;
};

const assertProtocol = ({ text, problems }: EnvironmentReader): void => {
  for (const name of ['OTEL_EXPORTER_OTLP_PROTOCOL', 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL']) {
    const given = text(name) ?? PROTOCOL;
    if (given !== PROTOCOL)
      problems.push(`${name} is "${given}": leave it out, or set it to ${PROTOCOL}; panier speaks no other one.`);
  }
};

const readRatio = ({ text, problems }: EnvironmentReader): number => {
  const given = text('OTEL_TRACES_SAMPLER_ARG');
  const ratio = given === undefined ? 1 : Number(given);
  if (ratio >= 0 && ratio <= 1) return ratio;
  problems.push(
    `OTEL_TRACES_SAMPLER_ARG is "${given}": set it to a number from 0 to 1, such as 0.01 for one in a hundred.`,
  );
  return 1;
};

const readQueue = ({ integer }: EnvironmentReader): TracesConfig['queue'] => {
  const maxSpans = integer('OTEL_BSP_MAX_QUEUE_SIZE', { fallback: MAX_WAITING, min: 1, max: 1_000_000 });
  return {
    delayMs: integer('OTEL_BSP_SCHEDULE_DELAY', { fallback: 5_000, min: 1, max: 600_000 }),
    exportTimeoutMs: integer('OTEL_BSP_EXPORT_TIMEOUT', { fallback: 30_000, min: 1, max: 600_000 }),
    maxSpans,
    maxAtOnce: Math.min(maxSpans, integer('OTEL_BSP_MAX_EXPORT_BATCH_SIZE', { fallback: 512, min: 1, max: 100_000 })),
  };
};

/**
 * Null where nothing is traced: no endpoint, or switched off by one of the standard's ways. Then the other variables are not
 * looked at: they may be meant for others.
 */
export const readTracesConfig = (reader: EnvironmentReader): TracesConfig | null => {
  const isDisabled = reader.flag('OTEL_SDK_DISABLED', false);
  const exporter = reader.text('OTEL_TRACES_EXPORTER') ?? 'otlp';
  const url = readUrl(reader);
  if (url === null || isDisabled || exporter === 'none') return null;
  if (exporter !== 'otlp') reader.problems.push(`OTEL_TRACES_EXPORTER is "${exporter}": set it to otlp or none.`);
  assertProtocol(reader);
  const sampler = reader.oneOf('OTEL_TRACES_SAMPLER', SAMPLERS, 'parentbased_always_on');
  return { url, sampler, ratio: readRatio(reader), queue: readQueue(reader) };
};
