import { Link } from 'wouter';
import { useLanguage, useTexts } from '../../ui/language/language.tsx';
import { pathOf } from '../path-of.ts';
import styles from './health.module.css';
import type { Run, Step } from './run.ts';
import { TEXTS } from './texts.ts';

const MARKS: Readonly<Record<Step['status'], string>> = {
  WAITING: '○',
  RUNNING: '◐',
  SUSPECTED: '?',
  HELD: '✓',
  NOTED: 'i',
  BROKEN: '✗',
};

const Finding = ({ finding: { name, detail } }: { readonly finding: Step['findings'][number] }) => {
  const path = pathOf(name);
  return (
    <li>
      {path === null ? (
        <code>{name}</code>
      ) : (
        <Link href={path}>
          <code>{name}</code>
        </Link>
      )}{' '}
      <span lang="en">{detail}</span>
    </li>
  );
};

interface StepItemProps {
  readonly step: Step;
  /** Of the run that it is a part of. */
  readonly kind: Run['kind'];
}

/** A rule, or a part of a replay: how it stands, and what breaks it. */
export const StepItem = ({ step, kind }: StepItemProps) => {
  const texts = useTexts(TEXTS);
  const { locale } = useLanguage();
  const { name, status, checked, found, findings, share } = step;
  const isPartly = status === 'RUNNING' && share > 0 && share < 1;
  return (
    <li className={`${styles['step']} ${styles[status]}`}>
      <span className={styles['mark']} aria-hidden>
        {MARKS[status]}
      </span>
      <span className={styles['name']} lang="en">
        {name}
      </span>
      <span className={styles['status']}>
        {texts.stepStatuses[kind][status]}
        {isPartly && ` ${Math.floor(share * 100)} %`}
        {checked !== null && ` · ${texts.checked(checked.toLocaleString(locale))}`}
      </span>
      {findings.length > 0 && (
        <ul className={styles['findings']}>
          {findings.map((finding) => (
            <Finding key={`${finding.name} ${finding.detail}`} finding={finding} />
          ))}
          {found > findings.length && <li>{texts.more(found - findings.length)}</li>}
        </ul>
      )}
    </li>
  );
};
