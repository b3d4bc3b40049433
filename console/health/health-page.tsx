import { Link, useSearchParams } from 'wouter';
import { useRepeated } from '../../ui/client/use-repeated.ts';
import { HealthRuns } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { Loading } from '../../ui/parts/loading.tsx';
import { EmptyState, ErrorNotice } from '../../ui/parts/notice.tsx';
import { StaleNotice } from '../../ui/parts/stale-notice.tsx';
import { When } from '../../ui/time/when.tsx';
import { PAGE_TITLES } from '../page-titles.ts';
import { useMay } from '../sign-in/viewer-context.ts';
import styles from './health.module.css';
import type { RunHead } from './run.ts';
import { RunShown } from './run-shown.tsx';
import { StartButtons } from './start-buttons.tsx';
import { TEXTS } from './texts.ts';

const LAST = 20;
const EVERY_MS = 3_000;

interface RunListProps {
  readonly runs: readonly RunHead[];
  readonly shownId: string | undefined;
}

const RunList = ({ runs, shownId }: RunListProps) => {
  const texts = useTexts(TEXTS);
  return (
    <nav className={styles['runs']} aria-label={texts.runs}>
      <h2>{texts.runs}</h2>
      {runs.map(({ id, kind, dryRun, status, requestedAt, requestedBy }) => (
        <Link key={id} href={`/health?run=${id}`} aria-current={id === shownId ? 'true' : undefined}>
          <strong>{kind === 'REPLAY' && dryRun ? texts.dryReplay : texts.kinds[kind]}</strong>
          <span>
            {texts.statuses[status]} · <When at={requestedAt} /> · <em lang="en">{requestedBy}</em>
          </span>
        </Link>
      ))}
    </nav>
  );
};

const Runs = () => {
  const texts = useTexts(TEXTS);
  const [params, setParams] = useSearchParams();
  const { data, error, askSoon } = useRepeated({
    document: HealthRuns,
    variables: { last: LAST },
    everyMs: EVERY_MS,
  });
  const onStarted = (run: string): void => {
    setParams({ run });
    askSoon();
  };
  if (data === undefined && error !== undefined)
    return (
      <ErrorNotice title={texts.failed}>
        <p>{error.message}</p>
      </ErrorNotice>
    );
  const shownId = params.get('run') ?? data?.upkeepRuns[0]?.id;
  return (
    <>
      {data !== undefined && <StaleNotice error={error} />}
      <StartButtons onStarted={onStarted} />
      {data === undefined && <Loading />}
      <div className={styles['columns']}>
        {shownId !== undefined && <RunShown key={shownId} id={shownId} onEnded={askSoon} />}
        {data !== undefined && data.upkeepRuns.length > 0 && <RunList runs={data.upkeepRuns} shownId={shownId} />}
      </div>
      {data !== undefined && shownId === undefined && <EmptyState title={texts.none}>{texts.noneWhat}</EmptyState>}
    </>
  );
};

const HealthPage = () => {
  const texts = useTexts(TEXTS);
  const titles = useTexts(PAGE_TITLES);
  const may = useMay('repair');
  return (
    <div className={styles['page']}>
      <h1>{titles.health}</h1>
      <p>{may ? texts.about : texts.mayNot}</p>
      {may && <Runs />}
    </div>
  );
};

export default HealthPage;
