import { parseArgs } from 'node:util';
import { OptionsError, parsed } from '../support/command-line.ts';

export const USAGE = `npm run observe [-- options]

Brings Prometheus up beside a panier that runs, with its alerts, and Grafana where that is installed. Ctrl-C stops them.

  --ops <url>        where a process of panier shows its metrics, as often as there are processes; otherwise the one of
                     PANIER_DATA_DIR, or of PANIER_OPS_PORT
  --port <number>    where Prometheus listens on the loopback interface (default: a free port)
  --every <seconds>  how often it scrapes (default 5)`;

export interface ObserveOptions {
  /** Empty: the panier of this machine. */
  readonly ops: readonly string[];
  /** Null: a free one. */
  readonly port: number | null;
  readonly everySeconds: number;
  readonly help: boolean;
}

const wholeNumber = (name: string, text: string, most: number): number => {
  const value = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 1 && value <= most) return value;
  throw new OptionsError(`--${name} is "${text}": say a whole number from 1 to ${most}.`);
};

const originOf = (text: string): string => {
  if (!/^http:\/\/[^/]/.test(text) || !URL.canParse(text))
    throw new OptionsError(`--ops is "${text}": say where the metrics are, such as http://127.0.0.1:4002.`);
  return new URL(text).origin;
};

/** @throws {OptionsError} */
export const readOptions = (args?: readonly string[]): ObserveOptions => {
  const { values } = parsed(() =>
    parseArgs({
      ...(args !== undefined && { args: [...args] }),
      options: {
        ops: { type: 'string', multiple: true, default: [] },
        port: { type: 'string' },
        every: { type: 'string', default: '5' },
        help: { type: 'boolean', default: false },
      },
    }),
  );
  return {
    ops: values.ops.map(originOf),
    port: values.port === undefined ? null : wholeNumber('port', values.port, 65_535),
    everySeconds: wholeNumber('every', values.every, 60),
    help: values.help,
  };
};
