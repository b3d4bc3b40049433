import { RebuildRunning, ShadowDiffers } from '../audit/index.ts';
import { isPassingDatabaseError, MigrationError, RolesError } from '../database/index.ts';
import { DecodeError } from '../events/index.ts';
import { ListenError } from '../http/index.ts';
import { ConfigError } from '../platform/index.ts';
import { ManifestError } from '../schema/index.ts';
import { ServersError } from '../servers/index.ts';
import { StartupError } from '../startup/index.ts';
import { TracingMisconfigured, TracingMissing } from '../tracing/index.ts';

const EXPECTED = [
  DecodeError,
  ConfigError,
  ServersError,
  StartupError,
  TracingMisconfigured,
  TracingMissing,
  ListenError,
  ManifestError,
  MigrationError,
  RolesError,
  RebuildRunning,
  ShadowDiffers,
];

/** Whether the message alone says what is wrong, and what would do. */
export const isExpected = (error: unknown): boolean =>
  isPassingDatabaseError(error) || EXPECTED.some((kind) => error instanceof kind);

/** What a person needs to read: the message of what was to be expected, everything of a defect. */
export const explain = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  if (isPassingDatabaseError(error)) return `A server went away, or refuses for now: ${error.message}`;
  if (!EXPECTED.some((kind) => error instanceof kind)) return error.stack ?? error.message;
  const cause = error instanceof MigrationError && error.cause instanceof Error ? `\n${error.cause.message}` : '';
  return error.message + cause;
};
