export { assertNever } from './assert-never.ts';
export { type BackoffOptions, backoff } from './backoff.ts';
export { type Clock, systemClock } from './clock.ts';
export { type Config, ConfigError, ROLES, type Role, readConfig, readProcessConfig } from './config.ts';
export { Conflict, Unavailable } from './failures.ts';
export { type Logger, type LogLevel, openLogger } from './logger.ts';
export { repeat } from './repeat.ts';
export { err, ok, type Result } from './result.ts';
export { sleep } from './sleep.ts';
