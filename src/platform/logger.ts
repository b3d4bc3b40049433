import { type DestinationStream, type Logger, pino } from 'pino';
import { ignored } from './guarded.ts';
import { loggedError } from './logged-error.ts';

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

/** Names under which nothing is logged, whoever hands it in: a last net, for none of them is meant to be. */
const SECRET_FIELDS = [
  'paymentMethod',
  'payment_method',
  'reference',
  'authorization',
  'cookie',
  'password',
  'token',
  'ticket',
  'clientSecret',
];

const redact = {
  paths: ['', '*.', '*.*.'].flatMap((within) => SECRET_FIELDS.map((field) => within + field)),
  censor: '[hidden]',
};

/** One JSON object per line on stderr, unless told otherwise: stdout belongs to what a command prints for people. */
export const openLogger = (level: LogLevel, destination: DestinationStream = openDestination()): Logger =>
  pino(
    {
      level,
      timestamp: pino.stdTimeFunctions.isoTime,
      errorKey: 'error',
      serializers: { error: loggedError },
      redact,
    },
    destination,
  );
