import { useState } from 'react';
import { useClient } from 'urql';
import { type Outcome, outcomeOf } from '../../ui/client/outcome.ts';
import { HealthStartReplay, HealthStartVerification } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { Button } from '../../ui/parts/button.tsx';
import { type AskedFor, ReasonDialog } from '../../ui/parts/reason-dialog.tsx';
import styles from './health.module.css';
import { TEXTS } from './texts.ts';

type Asking = 'Verify' | 'Compare' | 'Replay';

interface StartDialogProps {
  readonly onStarted: (id: string) => void;
  readonly onClose: () => void;
}

interface Started {
  readonly id: string;
}

/** What was begun is shown on the page, not in the dialog. */
const shown = (outcome: Outcome<Started>, { onStarted, onClose }: StartDialogProps): Outcome<Started> => {
  if (outcome.kind === 'Refused') return outcome;
  onStarted(outcome.value.id);
  onClose();
  return outcome;
};

const numberIn = (form: FormData, name: string): number => Number(form.get(name));

const VerifyDialog = (props: StartDialogProps) => {
  const client = useClient();
  const texts = useTexts(TEXTS);
  const ask = async ({ form, key }: AskedFor) => {
    const input = {
      fold: form.get('fold') === 'on',
      graceSeconds: numberIn(form, 'grace'),
      pauseSeconds: numberIn(form, 'pause'),
      idempotencyKey: key,
    };
    const answer = await client.mutation(HealthStartVerification, { input });
    return shown(
      outcomeOf(answer, (data) => data.startVerification),
      props,
    );
  };
  return (
    <ReasonDialog
      title={texts.kinds.VERIFICATION}
      description={<p>{texts.verifyWhat}</p>}
      submit={texts.verifyTitle}
      reason="none"
      ask={ask}
      done={() => texts.started}
      onClose={props.onClose}
    >
      <label className={styles['check']}>
        <input name="fold" type="checkbox" defaultChecked /> <span>{texts.fold}</span>
      </label>
      <label>
        {texts.grace}
        <input name="grace" type="number" min={0} max={86_400} defaultValue={60} required />
      </label>
      <label>
        {texts.pause}
        <input name="pause" type="number" min={0} max={600} defaultValue={5} required />
      </label>
    </ReasonDialog>
  );
};

interface ReplayDialogProps extends StartDialogProps {
  readonly dryRun: boolean;
}

const ReplayDialog = (props: ReplayDialogProps) => {
  const client = useClient();
  const texts = useTexts(TEXTS);
  const { dryRun } = props;
  const ask = async ({ key }: AskedFor) => {
    const answer = await client.mutation(HealthStartReplay, { input: { dryRun, idempotencyKey: key } });
    return shown(
      outcomeOf(answer, (data) => data.startReplay),
      props,
    );
  };
  return (
    <ReasonDialog
      title={dryRun ? texts.compareTitle : texts.replayTitle}
      description={<p>{dryRun ? texts.compareWhat : texts.replayWhat}</p>}
      submit={dryRun ? texts.compareTitle : texts.replayTitle}
      reason="none"
      ask={ask}
      done={() => texts.started}
      onClose={props.onClose}
    />
  );
};

/** Begins a run; `onStarted` is told which. */
export const StartButtons = ({ onStarted }: { readonly onStarted: (id: string) => void }) => {
  const texts = useTexts(TEXTS);
  const [asking, setAsking] = useState<Asking | null>(null);
  const props = { onStarted, onClose: () => setAsking(null) };
  return (
    <div className={styles['buttons']}>
      <Button look="primary" onClick={() => setAsking('Verify')}>
        {texts.verify}
      </Button>
      <Button onClick={() => setAsking('Compare')}>{texts.compare}</Button>
      <Button onClick={() => setAsking('Replay')}>{texts.replay}</Button>
      {asking === 'Verify' && <VerifyDialog {...props} />}
      {(asking === 'Compare' || asking === 'Replay') && <ReplayDialog {...props} dryRun={asking === 'Compare'} />}
    </div>
  );
};
