import { useRepeated } from '../../ui/client/use-repeated.ts';
import { OverviewProcesses } from '../../ui/generated/operations.ts';
import { useLanguage, useTexts } from '../../ui/language/language.tsx';
import { type PlainColumn, PlainTable } from '../../ui/parts/plain-table.tsx';
import { durationIn } from '../../ui/time/duration.ts';
import { When } from '../../ui/time/when.tsx';
import { Card } from './card.tsx';
import styles from './overview.module.css';
import { isFrozen, missingRoles, type Process } from './roles.ts';
import { TEXTS, type Texts } from './texts.ts';

const EVERY_MS = 3_000;

const Name = ({ process: { host, pid, instance } }: { readonly process: Process }) => (
  <span>
    <code>
      {host}:{pid}
    </code>
    <small>#{instance}</small>
  </span>
);

const Roles = ({ roles }: Pick<Process, 'roles'>) => (
  <ul className={styles['roles']}>
    {roles.map((role) => (
      <li key={role}>{role}</li>
    ))}
  </ul>
);

const columnsOf = (texts: Texts, locale: string): readonly PlainColumn<Process>[] => {
  const heartbeat = (process: Process): string => {
    const silence = texts.ago(durationIn(process.silentSeconds * 1_000, locale));
    return isFrozen(process) ? `${silence} ${texts.frozen}` : silence;
  };
  return [
    { title: texts.process, cell: (process) => <Name process={process} /> },
    { title: texts.roles, cell: ({ roles }) => <Roles roles={roles} /> },
    { title: texts.since, cell: ({ startedAt }) => <When at={startedAt} /> },
    { title: texts.heartbeat, isBad: isFrozen, cell: heartbeat },
    { title: texts.version, cell: ({ version }) => version },
  ];
};

/** Which processes run, and in which roles. */
export const ProcessesCard = () => {
  const texts = useTexts(TEXTS);
  const { locale } = useLanguage();
  const { data } = useRepeated({ document: OverviewProcesses, variables: {}, everyMs: EVERY_MS });
  if (data === undefined) return null;
  const missing = missingRoles(data.processes);
  return (
    <Card title={texts.processes}>
      {missing.length > 0 && (
        <p role="alert" className={styles['missing']}>
          {texts.missing(missing.join(', '))}
        </p>
      )}
      <PlainTable
        label={texts.processes}
        rows={data.processes}
        keyOf={({ id }) => id}
        columns={columnsOf(texts, locale)}
      />
    </Card>
  );
};
