export { openTracing, TracingMissing } from './open-tracing.ts';
export { spanRecorderOf } from './span-recorder.ts';
