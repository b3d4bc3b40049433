import { AUDIT_GROUP, AUDIT_STREAMS } from '../audit/index.ts';
import { STREAMS, type Stream } from '../events/index.ts';
import { SAGA_GROUP, SAGA_STREAMS } from '../saga/index.ts';
import { WRITE_GROUP, WRITE_STREAMS } from '../write/index.ts';

/** Every group that must have handled an entry before it may leave its stream. */
export const groupsByStream = (): ReadonlyMap<string, readonly string[]> => {
  const groups: readonly (readonly [string, readonly Stream[]])[] = [
    [WRITE_GROUP, WRITE_STREAMS],
    [SAGA_GROUP, SAGA_STREAMS],
    [AUDIT_GROUP, AUDIT_STREAMS],
  ];
  return new Map(
    Object.values(STREAMS).map((stream) => [
      stream,
      groups.filter(([, streams]) => streams.includes(stream)).map(([group]) => group),
    ]),
  );
};
