import { type Logger, pino } from 'pino';

export type { Logger };

/** From the most urgent to the most talkative; `silent` writes nothing. */
export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

const STDERR = 2;

/** One JSON object per line on stderr: stdout belongs to what a command prints for people. */
export const openLogger = (level: LogLevel): Logger =>
  pino(
    {
      level,
      timestamp: pino.stdTimeFunctions.isoTime,
      errorKey: 'error',
      serializers: { error: pino.stdSerializers.err },
    },
    pino.destination(STDERR),
  );
