import { useMemo } from 'react';
import { useLive } from '../../ui/client/use-live.ts';
import { type Repeated, useRepeated } from '../../ui/client/use-repeated.ts';
import { DeadLetterList, type DeadLetterListQuery, DeadLettersSettled } from '../../ui/generated/operations.ts';

const PAGE_SIZE = 50;
const EVERY_MS = 3_000;

type State = NonNullable<DeadLetterListQuery['deadLetters']['edges'][number]['node']['state']>;

export interface Shown {
  readonly state: State;
  readonly group: string | null;
  readonly after: string | null;
}

/** A page of the dead letters: what an operator decided is heard of at once, what a group gives up within three seconds. */
export const useLetters = ({ state, group, after }: Shown): Repeated<DeadLetterListQuery> => {
  const variables = useMemo(() => ({ first: PAGE_SIZE, state: [state], group, after }), [state, group, after]);
  const letters = useRepeated({ document: DeadLetterList, variables, everyMs: EVERY_MS });
  useLive({ document: DeadLettersSettled, variables: { after: null }, onUpdate: letters.askSoon });
  return letters;
};
