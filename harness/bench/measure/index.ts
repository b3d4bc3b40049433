export { type ClosedLoop, runClosedLoop } from './closed-loop.ts';
export { meterCpu, type Processes } from './cpu.ts';
export { Latencies, type LatencySummary } from './latencies.ts';
export { runOpenLoop } from './open-loop.ts';
export { type RowResult, runRow } from './rounds.ts';
export type { Contestant, Round, Row, Verdict } from './row.ts';
export { cpuOf, figureOf, perSecond, type Spread, spreadOf, systemCpuOf } from './statistics.ts';
export { meterSteal } from './steal.ts';
export { meterWaits, type Waits } from './waits.ts';
