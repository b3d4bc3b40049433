import { useEffect, useState } from 'react';
import { useClient } from 'urql';
import { type Outcome, outcomeOf } from '../../../ui/client/outcome.ts';
import { OrderRetryDeadLetter } from '../../../ui/generated/operations.ts';
import { useTexts } from '../../../ui/language/language.tsx';
import { Button } from '../../../ui/parts/button.tsx';
import { type AskedFor, ReasonDialog } from '../../../ui/parts/reason-dialog.tsx';
import { When } from '../../../ui/time/when.tsx';
import { useMay } from '../../sign-in/viewer-context.ts';
import styles from '../order-page.module.css';
import { type Letter, lettersOf } from './letters-of.ts';
import { type Made, madeEvent, shownEvent } from './made-event.tsx';
import { ACTION_TEXTS } from './texts.ts';

const EVERY_MS = 4_000;

/** Nothing tells of dead letters: they are asked for again while somebody looks. */
const useLetters = (orderId: string): readonly Letter[] => {
  const client = useClient();
  const [letters, setLetters] = useState<readonly Letter[]>([]);
  useEffect(() => {
    let isOver = false;
    const look = (): void => {
      if (document.hidden) return;
      lettersOf(client, orderId)
        .then((found) => (isOver ? undefined : setLetters(found)))
        .catch(() => undefined);
    };
    look();
    const timer = setInterval(look, EVERY_MS);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, [client, orderId]);
  return letters;
};

interface RetryDialogProps {
  readonly letter: Letter;
  readonly onClose: () => void;
}

const RetryDialog = ({ letter: { id, error }, onClose }: RetryDialogProps) => {
  const client = useClient();
  const texts = useTexts(ACTION_TEXTS);
  const ask = async ({ key, reason }: AskedFor): Promise<Outcome<Made>> => {
    const sinceMs = Date.now() - 60_000;
    const input = { id, reason, idempotencyKey: key };
    const result = await client.mutation(OrderRetryDeadLetter, { input }).toPromise();
    const asked = outcomeOf(result, (data) => data.retryDeadLetter);
    if (asked.kind === 'Refused') return asked;
    return { kind: 'Done', value: await madeEvent(client, { aggregateId: id, type: 'DeadLetterRetried' }, sinceMs) };
  };
  return (
    <ReasonDialog
      title={texts.retryTitle}
      description={
        <>
          <p>{texts.retrySays}</p>
          <p>
            <code>{error}</code>
          </p>
        </>
      }
      submit={texts.retry}
      reason="required"
      ask={ask}
      done={shownEvent}
      onClose={onClose}
    />
  );
};

/** What of this order's saga a group could not handle: why it stands still, when it does. */
const Letters = ({ orderId }: { readonly orderId: string }) => {
  const texts = useTexts(ACTION_TEXTS);
  const mayRepair = useMay('repair');
  const letters = useLetters(orderId);
  const [open, setOpen] = useState<Letter | null>(null);
  return (
    <>
      {letters.length > 0 && (
        <section className={styles['box']} aria-label={texts.letters}>
          <h2>{texts.letters}</h2>
          <p>{texts.lettersSay}</p>
          <ul className={styles['letters']}>
            {letters.map((letter) => (
              <li key={letter.id}>
                <span>
                  {letter.error}
                  <small>
                    {texts.group} {letter.consumerGroup} · <When at={letter.lastAt} />
                  </small>
                </span>
                {mayRepair && <Button onClick={() => setOpen(letter)}>{texts.retry}</Button>}
              </li>
            ))}
          </ul>
        </section>
      )}
      {open !== null && <RetryDialog letter={open} onClose={() => setOpen(null)} />}
    </>
  );
};

export const OrderLetters = ({ orderId }: { readonly orderId: string }) =>
  useMay('events:read') ? <Letters orderId={orderId} /> : null;
