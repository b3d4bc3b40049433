import { AUDIT_GROUP, AUDIT_STREAMS } from '../audit/index.ts';
import { STREAMS, type Stream } from '../events/index.ts';
import type { OwnGroup } from '../monitoring/index.ts';
import { SAGA_GROUP, SAGA_STREAMS } from '../saga/index.ts';
import { WRITE_GROUP, WRITE_STREAMS } from '../write/index.ts';

interface Reader {
  readonly group: string;
  readonly role: OwnGroup['role'];
  readonly streams: readonly Stream[];
}

const READERS: readonly Reader[] = [
  { group: WRITE_GROUP, role: 'payment', streams: WRITE_STREAMS },
  { group: SAGA_GROUP, role: 'saga', streams: SAGA_STREAMS },
  { group: AUDIT_GROUP, role: 'audit', streams: AUDIT_STREAMS },
];

/** Every group that must have handled an entry before it may leave its stream. */
export const groupsByStream = (): ReadonlyMap<string, readonly string[]> =>
  new Map(
    Object.values(STREAMS).map((stream) => [
      stream,
      READERS.filter(({ streams }) => streams.includes(stream)).map(({ group }) => group),
    ]),
  );

/** The same, with the role that reads as each of them. */
export const ownGroups = (): readonly OwnGroup[] =>
  Object.values(STREAMS).flatMap((stream) =>
    READERS.filter(({ streams }) => streams.includes(stream)).map(({ group, role }) => ({ stream, group, role })),
  );
