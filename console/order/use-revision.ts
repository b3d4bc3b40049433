import { useEffect, useRef, useState } from 'react';
import { useFilters } from '../../ui/filters/use-filters.ts';
import { readRevision } from './revision.ts';

const REVISION = ['revision'] as const;

/** Browsers refuse an address that changes hundreds of times: a slider that is drawn is written down where it rests. */
const RESTED_MS = 250;

/** Which revision of so many is shown, null: now. It stands in the page's address, without a step for the back button. */
export const useRevision = (last: number) => {
  const { values, set } = useFilters(REVISION);
  const [revision, setRevision] = useState(() => readRevision(values.revision, last));
  const [written, setWritten] = useState(values.revision);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  if (values.revision !== written) {
    setWritten(values.revision);
    setRevision(readRevision(values.revision, last));
  }
  const go = (to: number | null): void => {
    setRevision(to);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => set({ revision: to === null ? '' : `${to}` }, { replace: true }), RESTED_MS);
  };
  return [revision, go] as const;
};
