import { Command } from 'ioredis';
import type { Holding } from '../claim.ts';
import { IDENTITY_KEY } from '../claim.ts';
import type { MarkPlace } from '../ownership.ts';

/**
 * A key behind a prefix, as it stands in a cluster: inside the braces where it begins with some, for what stands between
 * braces decides of the slot, and the stream's own name has none.
 */
export const placedKey = (key: string, prefix: string): string =>
  prefix !== '' && key.startsWith(`${prefix}{`) ? `{${prefix}${key.slice(prefix.length + 1)}` : key;

/** The same for a command that the client has put the prefix into. Returns it. */
export const placed = (command: Command, prefix: string): Command => {
  if (prefix === '') return command;
  const keys = new Set(command.getKeys().map(String));
  command.args = command.args.map((each) =>
    typeof each === 'string' && keys.has(each) ? placedKey(each, prefix) : each,
  );
  return command;
};

/** Of a key as it stands there. */
export const slotOfKey = (key: string): number => new Command('get', [key]).getSlot();

/** Null for a command without keys. */
export const slotOf = (command: Command, prefix: string): number | null => {
  if (prefix === '') return command.getSlot();
  const [key] = command.getKeys();
  return key === undefined ? null : slotOfKey(placedKey(String(key), prefix));
};

/** In the slot of the marks: their braces, or those of nobody else. */
const identityKeyBeside = (markKey: string): string => {
  const tag = /\{([^}]+)\}/.exec(markKey)?.[1] ?? markKey;
  return markKey.startsWith('{') ? `{${tag}}:database` : `${IDENTITY_KEY}:{${tag}}`;
};

/** What belongs to no stream: tickets, rates, timelines. It is all over the cluster, and one key tells for all of it. */
export const ANYWHERE: Holding = { identityKey: IDENTITY_KEY, marks: [] };

/** What is to be asked for together: by slot, for no script reads across them. */
export const holdingsOf = (marks: readonly MarkPlace[], prefix: string): ReadonlyMap<number, Holding> => {
  const bySlot = Map.groupBy(marks, ({ key }) => slotOfKey(placedKey(`${prefix}${key}`, prefix)));
  return new Map(
    [...bySlot].map(([slot, those]) => [slot, { identityKey: identityKeyBeside(those[0]?.key ?? ''), marks: those }]),
  );
};
