import { type Logger, pino } from 'pino';
import { ignored } from './guarded.ts';

export type { Logger };

/** From the most urgent to the most talkative; `silent` writes nothing. */
export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

const STDERR = 2;

/** A log that nobody takes any more, as of a terminal that was closed, ends nothing. */
const openDestination = () => {
  const destination = pino.destination(STDERR);
  destination.on('error', ignored);
  return destination;
};

/** One JSON object per line on stderr: stdout belongs to what a command prints for people. */
export const openLogger = (level: LogLevel): Logger =>
  pino(
    {
      level,
      timestamp: pino.stdTimeFunctions.isoTime,
      errorKey: 'error',
      serializers: { error: pino.stdSerializers.err },
    },
    openDestination(),
  );
