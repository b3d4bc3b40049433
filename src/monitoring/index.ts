export type { Backlog } from './backlog.ts';
export type { ConsumerGroup, OwnGroup } from './consumer-groups.ts';
export { type Monitoring, openMonitoring } from './open-monitoring.ts';
