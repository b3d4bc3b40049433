import { describe, expect, it } from 'vitest';
import { readEnvironment } from './environment.ts';
import { readTracesConfig } from './traces-config.ts';

const ENDPOINT = 'http://127.0.0.1:4318';

const read = (env: Readonly<Record<string, string>>) => {
  const reader = readEnvironment(env);
  return { traces: readTracesConfig(reader), problems: reader.problems };
};

describe('traces', () => {
  it.each([
    {},
    { OTEL_EXPORTER_OTLP_ENDPOINT: '' },
    { OTEL_EXPORTER_OTLP_ENDPOINT: ENDPOINT, OTEL_SDK_DISABLED: 'true' },
    { OTEL_EXPORTER_OTLP_ENDPOINT: ENDPOINT, OTEL_TRACES_EXPORTER: 'none' },
    { OTEL_TRACES_SAMPLER: 'jaeger_remote', OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' },
  ])('are not made with %j', (env) => {
    expect(read(env)).toEqual({ traces: null, problems: [] });
  });

  it.each([
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: ENDPOINT }, `${ENDPOINT}/v1/traces`],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: `${ENDPOINT}/otlp/` }, `${ENDPOINT}/otlp/v1/traces`],
    [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${ENDPOINT}/here` }, `${ENDPOINT}/here`],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://b', OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: ENDPOINT }, ENDPOINT],
  ])('are sent where %j says', (env, url) => {
    expect(read(env)).toMatchObject({ traces: { url }, problems: [] });
  });

  it('are all recorded, and sent after five seconds, unless told otherwise', () => {
    const queue = { delayMs: 5_000, exportTimeoutMs: 30_000, maxSpans: 20_480, maxAtOnce: 512 };
    const { traces } = read({ OTEL_EXPORTER_OTLP_ENDPOINT: ENDPOINT });
    expect(traces).toMatchObject({ sampler: 'parentbased_always_on', ratio: 1, queue });
  });

  it('are recorded and sent as the standard variables say', () => {
    const { traces, problems } = read({
      OTEL_EXPORTER_OTLP_ENDPOINT: ENDPOINT,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
      OTEL_TRACES_SAMPLER: 'traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.01',
      OTEL_BSP_SCHEDULE_DELAY: '200',
      OTEL_BSP_EXPORT_TIMEOUT: '900',
      OTEL_BSP_MAX_QUEUE_SIZE: '100',
      OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '512',
    });
    expect(problems).toEqual([]);
    const queue = { delayMs: 200, exportTimeoutMs: 900, maxSpans: 100, maxAtOnce: 100 };
    expect(traces).toMatchObject({ sampler: 'traceidratio', ratio: 0.01, queue });
  });

  it.each([
    ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc', 'set it to http/protobuf'],
    ['OTEL_TRACES_EXPORTER', 'jaeger', 'set it to otlp or none'],
    ['OTEL_TRACES_SAMPLER', 'sometimes', 'set it to one of always_on'],
    ['OTEL_TRACES_SAMPLER_ARG', '5', 'a number from 0 to 1'],
    ['OTEL_TRACES_SAMPLER_ARG', 'few', 'a number from 0 to 1'],
    ['OTEL_BSP_MAX_QUEUE_SIZE', 'all', 'a whole number from 1'],
  ])('are refused with %s=%s, and told what would do', (name, value, advice) => {
    const { problems } = read({ OTEL_EXPORTER_OTLP_ENDPOINT: ENDPOINT, [name]: value });
    expect(problems).toEqual([expect.stringContaining(advice)]);
    expect(problems[0]).toContain(name);
  });

  it('are refused with an endpoint that is no URL, which is not repeated', () => {
    const { problems } = read({ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' });
    expect(problems).toEqual(['OTEL_EXPORTER_OTLP_ENDPOINT is not a URL that starts with http:// or https://.']);
  });
});
