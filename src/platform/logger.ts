import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';
import { currentFacts } from './about.ts';
import { ignored } from './guarded.ts';
import { loggedError } from './logged-error.ts';
import { prettyLine } from './pretty-line.ts';
import { safeLine } from './safe-line.ts';
import { seldom } from './seldom.ts';

export type { Logger };

/** From the most urgent to the most talkative; `silent` writes nothing. */
export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** How lines are written. */
export interface LogForm {
  readonly format: 'json' | 'pretty';
  /** Whether a terminal shows it that shows colours. */
  readonly isColoured: boolean;
}

const JSON_LINES: LogForm = { format: 'json', isColoured: false };
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
  'secret',
  'idempotencyKey',
  'email',
];

const redact = {
  paths: ['', '*.', '*.*.'].flatMap((within) => SECRET_FIELDS.map((field) => within + field)),
  censor: '[hidden]',
};

const { warn: WARN, fatal: FATAL } = pino.levels.values as { readonly warn: number; readonly fatal: number };
const MOST_A_MINUTE = 10;
/** Each has a correlation id that a client was told: they are looked for one by one. */
const MOST_DEFECTS_A_MINUTE = 100;

type Said = Parameters<NonNullable<NonNullable<LoggerOptions['hooks']>['logMethod']>>[0];

/** Lines of one kind: of one message, about one part of the machinery. */
const kindOf = ([first, message]: Said): { readonly kind: string; readonly isDefect: boolean } => {
  if (typeof first !== 'object' || first === null) return { kind: String(first), isDefect: false };
  const { group, stream, journal, correlationId } = first as Readonly<Record<string, unknown>>;
  const parts = [message, group, stream, journal].filter((part) => typeof part === 'string');
  const kind = parts.join(' · ');
  return { kind, isDefect: correlationId !== undefined };
};

/** Of warnings and errors of one kind, ten a minute are written, and how many more there were. */
const sparing = (more: (kind: string, lines: number) => void): NonNullable<LoggerOptions['hooks']> => {
  const mayWarn = seldom({ most: MOST_A_MINUTE, onMore: more });
  const mayTellDefect = seldom({ most: MOST_DEFECTS_A_MINUTE, onMore: more });
  return {
    logMethod(said, method, level) {
      const { kind, isDefect } = kindOf(said);
      const isRare = level < WARN || level >= FATAL || (isDefect ? mayTellDefect(kind) : mayWarn(kind));
      if (isRare) method.apply(this, said);
    },
  };
};

/** Writes each line as it may be seen. */
const written = (destination: DestinationStream, form: LogForm): DestinationStream => ({
  write: (line) => {
    const safe = safeLine(line);
    destination.write(form.format === 'pretty' ? prettyLine(safe, form) : safe);
  },
});

export interface LoggerParts {
  /** By default stderr: stdout belongs to what a command prints for people. */
  readonly destination?: DestinationStream;
  /** By default JSON. */
  readonly form?: LogForm;
  /** Of the process, on every line. */
  readonly itself?: Readonly<Record<string, unknown>>;
}

/** One line each, which says what the work under way is about; no secret, and nothing that reads as another line. */
export const openLogger = (level: LogLevel, parts: LoggerParts = {}): Logger => {
  const { destination = openDestination(), form = JSON_LINES, itself = {} } = parts;
  const logger: Logger = pino(
    {
      level,
      base: { service: 'panier', ...itself, pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (name) => ({ level: name }) },
      errorKey: 'error',
      serializers: { error: loggedError },
      redact,
      mixin: currentFacts,
      hooks: sparing((kind, lines) => logger.info({ kind, lines }, 'More lines of a kind were left out')),
    },
    written(destination, form),
  );
  return logger;
};
