import type { OverviewGroupsQuery } from '../../ui/generated/operations.ts';
import { useLanguage, useTexts } from '../../ui/language/language.tsx';
import { type PlainColumn, PlainTable } from '../../ui/parts/plain-table.tsx';
import { durationIn } from '../../ui/time/duration.ts';
import { Card } from './card.tsx';
import { type Group, gatherGroups } from './groups.ts';
import { TEXTS, type Texts } from './texts.ts';

const LATE_SECONDS = 10;

const isLate = ({ behindSeconds }: Group): boolean => behindSeconds === null || behindSeconds >= LATE_SECONDS;

const Name = ({ group: { name, behindOn } }: { readonly group: Group }) => (
  <span>
    <code>{name}</code>
    {behindOn.length > 0 && <small>{behindOn.join(', ')}</small>}
  </span>
);

const columnsOf = (texts: Texts, locale: string): readonly PlainColumn<Group>[] => {
  const count = (value: number | null): string => value?.toLocaleString(locale) ?? texts.unknown;
  const behind = ({ behindSeconds }: Group): string =>
    behindSeconds === null ? texts.unknown : durationIn(behindSeconds * 1_000, locale);
  return [
    { title: texts.group, cell: (group) => <Name group={group} /> },
    { title: texts.role, cell: ({ role }) => role ?? texts.others },
    { title: texts.behind, isNumber: true, isBad: isLate, cell: behind },
    { title: texts.lag, isNumber: true, cell: ({ lag }) => count(lag) },
    { title: texts.pending, isNumber: true, cell: ({ pending }) => count(pending) },
    {
      title: texts.deadLetters,
      isNumber: true,
      isBad: ({ deadLetters }) => deadLetters > 0,
      cell: ({ deadLetters }) => count(deadLetters),
    },
  ];
};

/** How far each consumer group is behind, over all its streams. */
export const GroupsCard = ({ readers }: { readonly readers: OverviewGroupsQuery['consumerGroups'] }) => {
  const texts = useTexts(TEXTS);
  const { locale } = useLanguage();
  return (
    <Card title={texts.groups}>
      <PlainTable
        label={texts.groups}
        rows={gatherGroups(readers)}
        keyOf={({ name }) => name}
        columns={columnsOf(texts, locale)}
      />
    </Card>
  );
};
