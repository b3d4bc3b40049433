export { openTracing } from './open-tracing.ts';
export { TracingMisconfigured, TracingMissing } from './tracing-failures.ts';
