export { openTracing, TracingMissing } from './open-tracing.ts';
