import { open } from 'node:fs/promises';
import { StartupError } from '../../startup/index.ts';
import type { Missed } from '../../upkeep/index.ts';

const objectOf = (fields: readonly string[]): Readonly<Record<string, string>> => {
  const named: Record<string, string> = {};
  for (let at = 0; at + 1 < fields.length; at += 2) named[fields[at] ?? ''] = fields[at + 1] ?? '';
  return named;
};

/** One line: whether the event is lost, and all that its entry says; an entry that has such fields itself decides nothing. */
const lineOf = ({ entry: { stream, id, fields }, isLost }: Missed): string =>
  `${JSON.stringify({ ...objectOf(fields), lost: isLost, entry: id, stream })}\n`;

const notWritten = (path: string, cause: unknown): never => {
  const reason = cause instanceof Error ? cause.message : String(cause);
  throw new StartupError(`The list cannot be written to ${path}: ${reason}`, { cause });
};

/**
 * Writes each into a new file, as a line of JSON, and passes it on. The file is on disk when all are through.
 * @throws {StartupError} when the file is there already, or cannot be written
 */
export async function* written(missed: AsyncIterable<Missed>, path: string): AsyncGenerator<Missed> {
  // Never over an older list: it may be all that is left of what it tells.
  await using file = await open(path, 'wx', 0o600).catch((cause: unknown) => notWritten(path, cause));
  for await (const each of missed) {
    await file.write(lineOf(each)).catch((cause: unknown) => notWritten(path, cause));
    yield each;
  }
  await file.sync().catch((cause: unknown) => notWritten(path, cause));
}
