import { type Logger, openLogger } from '../../platform/index.ts';

/** A log of which the calls to an inventory are shown, as they stand there. */
export interface CallLog {
  readonly logger: Logger;
  /** Every call so far: `PUT http://… 200 OK`. */
  readonly calls: readonly string[];
}

const WORSE: readonly string[] = ['warn', 'error', 'fatal'];
const CALL = /^PUT \S+\/stock\/(?:reduce|increase) /;

/** Shows each call the moment that it is logged; what is worse than information goes on to stderr. */
export const openCallLog = (show: (call: string) => void): CallLog => {
  const calls: string[] = [];
  const write = (line: string): void => {
    const { level, msg } = JSON.parse(line) as { readonly level: string; readonly msg?: string };
    if (msg !== undefined && CALL.test(msg)) {
      calls.push(msg);
      show(msg);
    } else if (WORSE.includes(level)) process.stderr.write(line);
  };
  return { logger: openLogger('info', { destination: { write } }), calls };
};
