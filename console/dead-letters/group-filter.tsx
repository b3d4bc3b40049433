import { useRepeated } from '../../ui/client/use-repeated.ts';
import { FilterSelect } from '../../ui/filters/filter-fields.tsx';
import { DeadLetterGroups } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { TEXTS } from './texts.ts';

const EVERY_MS = 3_000;

interface GroupFilterProps {
  readonly chosen: string | null;
  /** Empty: all. */
  readonly onChoose: (group: string) => void;
}

/** One consumer group, with how many of its dead letters are open; or all. */
export const GroupFilter = ({ chosen, onChoose }: GroupFilterProps) => {
  const texts = useTexts(TEXTS);
  const { data } = useRepeated({ document: DeadLetterGroups, variables: {}, everyMs: EVERY_MS });
  const open = new Map<string, number>(chosen === null ? [] : [[chosen, 0]]);
  for (const { group, deadLetters } of data?.consumerGroups ?? [])
    open.set(group, (open.get(group) ?? 0) + deadLetters);
  return (
    <FilterSelect
      label={texts.group}
      value={chosen ?? ''}
      onChange={onChoose}
      all={texts.allGroups}
      choices={[...open].map(([value, count]) => ({ value, name: `${value} (${count})` }))}
    />
  );
};
