import { AUDIT_GROUP, AUDIT_STREAMS } from '../audit/index.ts';
import { type Partitioning, STREAMS, type Stream, streamKeys } from '../events/index.ts';
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

/** Every key under which a stream may hold events, with the group and the role that reads it. */
export const ownGroups = (partitioning: Partitioning): readonly OwnGroup[] =>
  Object.values(STREAMS).flatMap((stream) => {
    const readers = READERS.filter(({ streams }) => streams.includes(stream));
    return streamKeys(stream, partitioning).flatMap((key) =>
      readers.map(({ group, role }) => ({ stream: key, group, role })),
    );
  });

/** By key, every group that must have handled an entry before it may leave its stream. */
export const groupsByStream = (partitioning: Partitioning): ReadonlyMap<string, readonly string[]> => {
  const byKey = Map.groupBy(ownGroups(partitioning), ({ stream }) => stream);
  return new Map([...byKey].map(([key, own]) => [key, own.map(({ group }) => group)]));
};
