// The only door into this folder from others.
export { type Metrics, type MetricsParts, openMetrics } from './open-metrics.ts';
export type { OpenAtGateway, WaitingForEndpoint } from './show-process.ts';
export { type Ops, type OpsOptions, startOps } from './start-ops.ts';
export type {
  BacklogReading,
  GroupReading,
  OrdersReading,
  PostgresReading,
  RedisReading,
  StoreQuestions,
} from './store-readings.ts';
