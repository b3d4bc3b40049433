import manifest from '../../package.json' with { type: 'json' };
import type { Panier } from '../main.ts';
import { type Config, ConfigError, type Logger, type Logging, logFormOn, openLogger } from '../platform/index.ts';
import type { Servers } from '../servers/index.ts';
import { banner } from './banner.ts';
import { explain, isExpected } from './explain.ts';

interface Started {
  readonly panier: Panier;
  readonly servers: Servers;
  /** Of the process, with its number. */
  readonly logger: Logger;
}

/** What `npm start` tells of itself: people by stdout, and whoever reads lines by the log. */
export interface Telling {
  readonly say: (line: string) => void;
  readonly hasStarted: (config: Config, started: Started) => void;
  readonly stops: () => void;
  readonly hasStopped: () => void;
}

const print = (line: string): void => console.log(line);

/**
 * Who asked for JSON gets nothing else, for containers put both streams into one. On a terminal for people, the log says
 * nothing that they have just been told.
 */
export const tellBy = (logger: Logger, logging: Logging): Telling => {
  const isJsonAlone = logging.logFormat === 'json';
  const isForPeople = logFormOn(process.stderr, logging).format === 'pretty';
  let itsLogger = logger;
  return {
    say: isJsonAlone ? (line) => logger.info({ step: line }, 'The start goes on') : print,
    hasStarted: (config, { panier, servers, logger: itsOwn }) => {
      const { urls, opsUrl } = panier;
      itsLogger = itsOwn;
      const how = { version: manifest.version, mode: config.mode, urls, opsUrl };
      if (!isForPeople) itsLogger.info(how, 'panier has started');
      if (!isJsonAlone) print(banner(panier, config, servers));
    },
    stops: () => {
      if (!isForPeople) itsLogger.info('panier stops');
      if (!isJsonAlone) print('panier stops …');
    },
    hasStopped: () => {
      if (!isForPeople) itsLogger.info('panier has stopped');
    },
  };
};

const problemsOf = (error: unknown): readonly string[] =>
  error instanceof ConfigError ? error.problems : explain(error).split('\n');

/** Says why nothing was started, with all that is wrong: in one line, or as people read it. Also to who asked for silence. */
export const tellRefusal = (error: unknown, logging: Logging): void => {
  const form = logFormOn(process.stderr, logging);
  if (form.format === 'pretty') return console.error(explain(error));
  const about = isExpected(error) ? { problems: problemsOf(error) } : { error };
  const logger = openLogger('fatal', { form });
  logger.fatal(about, 'The start was refused');
};
