import { styleText } from 'node:util';
import { inOneLine } from './safe-line.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The same on every line of a process, and what stands in a place of its own. */
const NOT_SHOWN: ReadonlySet<string> = new Set([
  'time',
  'level',
  'msg',
  'error',
  'service',
  'version',
  'roles',
  'instance',
  'pid',
  'hostname',
]);

const STYLES = {
  fatal: 'redBright',
  error: 'red',
  warn: 'yellow',
  info: 'green',
  debug: 'cyan',
  trace: 'gray',
} as const;

const LONGEST_LEVEL = 5;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const isLevel = (level: string): level is keyof typeof STYLES => Object.hasOwn(STYLES, level);

/** An error and its causes: a line for each of its stack, set in, so that none of them can pass for a line of the log. */
const errorLines = (error: unknown): readonly string[] => {
  if (!isFields(error)) return [`    ${inOneLine(textOf(error))}`];
  const { type, message, stack, cause, errors } = error;
  const told = typeof stack === 'string' && stack !== '' ? stack : `${textOf(type)}: ${textOf(message)}`;
  const within = Array.isArray(errors) ? errors.flatMap((each) => ['    one of them:', ...errorLines(each)]) : [];
  const behind = cause === undefined ? [] : ['    because of:', ...errorLines(cause)];
  return [...told.split('\n').map((line) => `    ${inOneLine(line)}`), ...within, ...behind];
};

const styled = (level: string, text: string, isColoured: boolean): string =>
  isColoured && isLevel(level) ? styleText(STYLES[level], text, { validateStream: false }) : text;

/** A line of the log as people read it: time of day, level, message, what it is about; errors below. */
export const prettyLine = (line: string, { isColoured }: { readonly isColoured: boolean }): string => {
  const fields = JSON.parse(line) as Fields;
  const level = textOf(fields['level']);
  const clock = textOf(fields['time']).slice('2026-01-01T'.length, -1);
  const head = `${clock} ${styled(level, level.toUpperCase().padEnd(LONGEST_LEVEL), isColoured)} ${inOneLine(textOf(fields['msg'] ?? ''))}`;
  const others = Object.entries(fields).filter(([name]) => !NOT_SHOWN.has(name));
  const beside = others.map(([name, value]) => ` ${name}=${inOneLine(textOf(value))}`).join('');
  const { error } = fields;
  const below = error === undefined ? [] : errorLines(error);
  return `${[head + styled('trace', beside, isColoured), ...below].join('\n')}\n`;
};
