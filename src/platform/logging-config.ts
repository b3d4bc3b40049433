import type { EnvironmentReader } from './environment.ts';
import { LOG_LEVELS, type LogForm, type LogLevel } from './logger.ts';

/** How a process logs. */
export interface Logging {
  readonly logLevel: LogLevel;
  /** Null: for people on a terminal, and as JSON everywhere else. */
  readonly logFormat: LogForm['format'] | null;
  /** Whether a terminal is looked at by nobody: CI keeps what is said on it. */
  readonly isInCi: boolean;
  /** Whether nothing is to be coloured (no-color.org). */
  readonly noColour: boolean;
}

const FORMATS = ['json', 'pretty'] as const;

export const readLogging = ({ oneOf, text }: EnvironmentReader): Logging => ({
  logLevel: oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
  logFormat: text('LOG_FORMAT') === undefined ? null : oneOf('LOG_FORMAT', FORMATS, 'json'),
  isInCi: text('CI') !== undefined,
  noColour: text('NO_COLOR') !== undefined,
});

/** How lines are written to a stream. */
export const logFormOn = (
  { isTTY = false }: { readonly isTTY?: boolean },
  { logFormat, isInCi, noColour }: Omit<Logging, 'logLevel'>,
): LogForm => ({
  format: logFormat ?? (isTTY && !isInCi ? 'pretty' : 'json'),
  isColoured: isTTY && !noColour,
});
