import { useState } from 'react';
import { useClient } from 'urql';
import { outcomeOf } from '../../ui/client/outcome.ts';
import { useLive } from '../../ui/client/use-live.ts';
import { HealthCancel, HealthRunChanges } from '../../ui/generated/operations.ts';
import { useLanguage, useTexts } from '../../ui/language/language.tsx';
import { Button } from '../../ui/parts/button.tsx';
import { Loading } from '../../ui/parts/loading.tsx';
import { ErrorNotice } from '../../ui/parts/notice.tsx';
import { Progress } from '../../ui/parts/progress.tsx';
import { durationIn } from '../../ui/time/duration.ts';
import { When } from '../../ui/time/when.tsx';
import styles from './health.module.css';
import { isUnderWay, type Run, shareOf, verdictOf } from './run.ts';
import { StepItem } from './step-item.tsx';
import { TEXTS } from './texts.ts';

const Stop = ({ id }: { readonly id: string }) => {
  const client = useClient();
  const texts = useTexts(TEXTS);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const stop = async (): Promise<void> => {
    setBusy(true);
    const answer = await client.mutation(HealthCancel, { input: { id } });
    const outcome = outcomeOf(answer, (data) => data.cancelUpkeep);
    setBusy(false);
    setRefusal(outcome.kind === 'Refused' ? outcome.message : null);
  };
  return (
    <>
      <Button look="danger" disabled={isBusy} onClick={() => void stop()}>
        {texts.stop}
      </Button>
      {refusal !== null && <p role="alert">{refusal}</p>}
    </>
  );
};

const Head = ({ run }: { readonly run: Run }) => {
  const texts = useTexts(TEXTS);
  const { locale } = useLanguage();
  const verdict = verdictOf(run);
  const broken = run.steps.filter(({ status }) => status === 'BROKEN').map(({ name }) => name);
  const { startedAt, endedAt } = run;
  return (
    <header className={`${styles['verdict']} ${styles[verdict]}`}>
      <h2>{texts.verdicts[run.kind][verdict]}</h2>
      <p>
        {texts.by} <span lang="en">{run.requestedBy}</span> <When at={run.requestedAt} />
        {startedAt !== null &&
          endedAt !== null &&
          ` · ${texts.took(durationIn(Date.parse(endedAt) - Date.parse(startedAt), locale))}`}
      </p>
      {broken.length > 0 && (
        <p>
          {texts.broken} <span lang="en">{broken.join(', ')}.</span>
        </p>
      )}
      {run.reason !== null && <p lang="en">{run.reason}</p>}
      {run.status === 'WAITING' && <p>{texts.waiting}</p>}
    </header>
  );
};

interface RunShownProps {
  readonly id: string;
  readonly onEnded: () => void;
}

/** A run as it goes, to its end. */
export const RunShown = ({ id, onEnded }: RunShownProps) => {
  const texts = useTexts(TEXTS);
  const [run, setRun] = useState<Run | null>(null);
  const live = useLive({
    document: HealthRunChanges,
    variables: { id },
    onUpdate: ({ upkeepRun }) => {
      setRun(upkeepRun);
      if (!isUnderWay(upkeepRun.status)) onEnded();
    },
    showsFailure: () => true,
  });
  const failure = live.kind === 'Failed' && (
    <ErrorNotice title={texts.failed}>
      <p>{live.error.message}</p>
    </ErrorNotice>
  );
  if (run === null) return failure || <Loading />;
  const share = shareOf(run.steps);
  return (
    <section className={styles['run']} aria-live="polite" aria-busy={isUnderWay(run.status)}>
      {failure}
      <Head run={run} />
      {isUnderWay(run.status) && (
        <div className={styles['progress']}>
          <Progress
            label={texts.progress}
            share={share}
            detail={share === null ? '' : `${Math.floor(share * 100)} %`}
          />
          <Stop id={id} />
        </div>
      )}
      <ol className={styles['steps']} aria-label={texts.steps} aria-live="off">
        {run.steps.map((step) => (
          <StepItem key={step.name} step={step} kind={run.kind} />
        ))}
      </ol>
    </section>
  );
};
