export type { Backlog } from './backlog.ts';
export type { ConsumerGroup, OwnGroup } from './consumer-groups.ts';
export { type HeartbeatOptions, startHeartbeat } from './heartbeat.ts';
export { type Monitoring, openMonitoring } from './open-monitoring.ts';
export { type RunningProcess, runningProcesses } from './processes.ts';
