import type { FoundPublication, MarkPlace } from './ownership.ts';

/** Where a Redis says whose it is. */
export const IDENTITY_KEY = 'panier:database';

/** What is asked for together: who owns it stands at one key, and has left these marks. */
export interface Holding {
  readonly identityKey: string;
  readonly marks: readonly MarkPlace[];
  /** The one whose publications are compared with the database; by default all are. */
  readonly journal?: string | undefined;
}

/** A call of a script: its text, then how many keys, the keys, and the arguments. */
export type Script = readonly [text: string, keyCount: number, ...rest: string[]];

// What is no id stands there by accident, and counts as lost.
const OWNER = `
  local function text(key) return redis.call('TYPE', key).ok == 'string' and redis.call('GET', key) or '' end
  local owner = text(KEYS[1])
  if #owner ~= 36 or string.find(owner, '[^%x-]') then owner = '' end`;

// In one step: of two databases that come to an empty Redis at once, the second finds the first one's id.
const CLAIM = `${OWNER}
  if owner ~= '' then return owner end
  if ARGV[2] ~= 'adopt' then
    for nth = 2, #KEYS do if text(KEYS[nth]) ~= '' then return '' end end
  end
  redis.call('SET', KEYS[1], ARGV[1])
  return ARGV[1]`;

/** Answers with the owner's id: the one given, where there was none; empty when there was none, but somebody's marks. */
export const claim = (databaseId: string, { identityKey, marks }: Holding): Script => [
  CLAIM,
  marks.length + 1,
  identityKey,
  ...marks.map(({ key }) => key),
  databaseId,
  'when empty',
];

/** Answers with the owner's id: the one given, where there was none. */
export const adopt = (databaseId: string, { identityKey }: Holding): Script => [
  CLAIM,
  1,
  identityKey,
  databaseId,
  'adopt',
];

const LOOK = `
  local function text(key) return redis.call('TYPE', key).ok == 'string' and redis.call('GET', key) or '' end
  local function eventAt(stream, id)
    if not string.match(id, '^%d+-%d+$') then return '' end
    local entries = redis.pcall('XRANGE', stream, id, id)
    if entries.err or #entries == 0 then return '' end
    local fields = entries[1][2]
    for nth = 1, #fields, 2 do if fields[nth] == 'event_id' then return fields[nth + 1] end end
    return ''
  end
  local found = {}
  for nth = 1, #KEYS, 2 do
    local mark = text(KEYS[nth + 1])
    local last, previous = string.match(mark, '^%d+:([%d-]*):([%d-]*)$')
    local at = {mark, last and eventAt(KEYS[nth], last) or '', previous and eventAt(KEYS[nth], previous) or ''}
    found[#found + 1] = at
  end
  return found`;

/** Answers for each place with its mark, and the ids of the events at the entries that the mark names. */
export const look = ({ marks }: Holding): Script => [
  LOOK,
  2 * marks.length,
  ...marks.flatMap(({ stream, key }) => [stream, key]),
];

/** What {@link look} was answered. */
export const foundIn = ({ marks }: Holding, answer: unknown): readonly FoundPublication[] =>
  (answer as readonly (readonly string[])[]).flatMap(([mark = '', ...eventIds], index) => {
    const place = marks[index];
    return place === undefined || mark === '' ? [] : [{ ...place, mark, eventIds: eventIds.filter((id) => id !== '') }];
  });
