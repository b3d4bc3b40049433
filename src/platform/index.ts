export { about, type Facts, noteAbout, traceIdIn } from './about.ts';
export { assertNever } from './assert-never.ts';
export { type BackoffOptions, backoff } from './backoff.ts';
export { type Clock, systemClock } from './clock.ts';
export { type ClusterUrl, isClusterUrl, readClusterUrl } from './cluster-url.ts';
export {
  type Config,
  ConfigError,
  readAdministrators,
  readConfig,
  readProcessConfig,
  readProcessLogging,
} from './config.ts';
export { Cooldowns } from './cooldowns.ts';
export {
  type DatabaseAddresses,
  type DatabaseUrls,
  databaseAddresses,
  databaseUrlOf,
  type HomeUrls,
  homeVariable,
} from './database-homes.ts';
export { assertInTime, byDeadline, type Deadline, deadlineIn, NO_DEADLINE, outOfTime } from './deadline.ts';
export { DutyCycle } from './duty-cycle.ts';
export { atEndOfTurn } from './end-of-turn.ts';
export { errorCodeOf } from './error-code.ts';
export { type Exchange, within } from './exchange.ts';
export type { Exposure, Mode, TlsFiles } from './exposure.ts';
export { Conflict, Unavailable } from './failures.ts';
export { gather } from './gather.ts';
export { guardSocket, NonsenseReceived } from './guard-socket.ts';
export { guarded, ignored } from './guarded.ts';
export { asSpan, failSpan } from './in-span.ts';
export type { InventoryConfig } from './inventory-config.ts';
export { spreadLastNet } from './last-net.ts';
export { DEFAULT_LIMITS, type Limits } from './limits.ts';
export { type LogForm, type Logger, type LogLevel, openLogger } from './logger.ts';
export { type Logging, logFormOn } from './logging-config.ts';
export type { PageName } from './page-names.ts';
export { beginPlaced, placeCurrent } from './placed-span.ts';
export { DEFAULT_RATE_LIMITS, NO_RATE_LIMITS, type RateLimits } from './rate-limits.ts';
export type { RedisTlsFiles } from './redis-tls.ts';
export { repeat } from './repeat.ts';
export { err, ok, type Result } from './result.ts';
export { keepRunning, type Retrying, retry } from './retry.ts';
export { retryAfterMs } from './retry-after.ts';
export { ROLES, type Role } from './roles.ts';
export { Rounds } from './rounds.ts';
export { inOneLine } from './safe-line.ts';
export { isSentinelUrl, readSentinelUrl, type SentinelUrl } from './sentinel-url.ts';
export type { ServerAddress } from './server-list.ts';
export { environmentOf, urlVariablesOf, variableOf } from './service-urls.ts';
export {
  DATABASE_HOMES,
  DATABASE_SERVICES,
  type DatabaseHome,
  type DatabaseService,
  REDIS_SERVICES,
  type RedisService,
  type ServiceUrls,
} from './services.ts';
export { sharedAnswer } from './shared-answer.ts';
export type { ShopPayments } from './shop-payments.ts';
export {
  type CommandEnded,
  type InventoryAnswered,
  type OperationEnded,
  type OperationLabel,
  type ProviderAnswered,
  SIGNALS,
} from './signals.ts';
export { sleep } from './sleep.ts';
export {
  areSpansRecorded,
  beginRoot,
  beginShared,
  beginSpan,
  currentSpan,
  currentTraceparent,
  insideSpan,
  isFlagged,
  isRecorded,
  passedOn,
  recordSpans,
  type Span,
  type SpanAttributes,
  type SpanKind,
  type SpanRecorder,
  type SpanStart,
  traceIdOf,
} from './spans.ts';
export type { StripeSettings } from './stripe-settings.ts';
export type { TokenConfig, TokenKey } from './token-config.ts';
export type { TracesConfig } from './traces-config.ts';
export { VERSION } from './version.ts';
export { Waker } from './waker.ts';
export type { WebhookAllowance } from './webhook-allowance.ts';
