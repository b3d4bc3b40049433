import { Dialog } from '@base-ui/react/dialog';
import { type ReactNode, type SyntheticEvent, useId, useRef, useState } from 'react';
import { mayBeDone, type Outcome } from '../client/outcome.ts';
import { WishKeys } from '../client/wish-keys.ts';
import { type Catalogue, useTexts } from '../language/language.tsx';
import { Button } from './button.tsx';
import styles from './reason-dialog.module.css';

interface Texts {
  readonly reason: string;
  readonly optional: string;
  readonly cancel: string;
  readonly close: string;
  readonly refused: string;
  readonly unknown: string;
}

const TEXTS: Catalogue<Texts> = {
  en: {
    reason: 'Reason',
    optional: '(optional)',
    cancel: 'Back',
    close: 'Close',
    refused: 'Not done.',
    unknown: 'panier did not say: it may have been done. Ask again: it is done once.',
  },
  fr: {
    reason: 'Motif',
    optional: '(facultatif)',
    cancel: 'Retour',
    close: 'Fermer',
    refused: 'Non effectué.',
    unknown: 'panier ne l’a pas dit : c’est peut-être fait. Redemandez : ce sera fait une seule fois.',
  },
};

const MAX_REASON = 500;

/** What was filled in. */
export interface AskedFor {
  /** Null where none is asked for, or none was given. */
  readonly reason: string | null;
  /** Of the further inputs. */
  readonly form: FormData;
  /** An idempotencyKey: the same for the same input again, so that a second click is the same command. */
  readonly key: string;
}

interface ReasonDialogProps<Value> {
  readonly title: string;
  readonly description?: ReactNode;
  /** What the button says: "Cancel the order". */
  readonly submit: string;
  readonly look?: 'primary' | 'danger';
  readonly reason: 'required' | 'optional' | 'none';
  /** Further inputs, with names. */
  readonly children?: ReactNode;
  readonly ask: (asked: AskedFor) => Promise<Outcome<Value>>;
  /** What is said where nobody knows whether it was done; left out: for a command that has the key. */
  readonly unknown?: string;
  /** What is shown once it is done: the event that it made. */
  readonly done: (value: Value) => ReactNode;
  readonly onClose: () => void;
}

type Stage<Value> =
  | { readonly kind: 'Asking' }
  | { readonly kind: 'Busy' }
  | { readonly kind: 'Refused'; readonly code: string; readonly message: string }
  | { readonly kind: 'Done'; readonly value: Value };

const textIn = (form: FormData, name: string): string | null => {
  const given = form.get(name);
  return typeof given === 'string' && given.trim() !== '' ? given.trim() : null;
};

const inputOf = (form: FormData): string => JSON.stringify([...form.entries()]);

/** What broke may have been done before it did. */
const broken = (error: unknown): Outcome<never> => ({ kind: 'Refused', code: 'UNAVAILABLE', message: String(error) });

/** Asks for what a command needs, and why; asks for it; and shows what became of it. Open as long as it is there. */
export const ReasonDialog = <Value,>(props: ReasonDialogProps<Value>) => {
  const { title, description, reason, ask, done, onClose } = props;
  const texts = useTexts(TEXTS);
  const id = useId();
  const [stage, setStage] = useState<Stage<Value>>({ kind: 'Asking' });
  const keys = useRef(new WishKeys());
  const isBusy = stage.kind === 'Busy';
  // What is under way goes on: whoever left would not learn what became of it.
  const leave = (): void => (isBusy ? undefined : onClose());
  const run = async (form: FormData): Promise<void> => {
    const input = inputOf(form);
    setStage({ kind: 'Busy' });
    const outcome = await ask({ reason: textIn(form, 'reason'), form, key: keys.current.keyOf(input) }).catch(broken);
    keys.current.settle(input, outcome);
    setStage(outcome);
  };
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (!isBusy) void run(new FormData(event.currentTarget));
  };
  return (
    <Dialog.Root open onOpenChange={(isOpen) => isOpen || leave()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles['backdrop'] ?? ''} />
        <Dialog.Popup className={styles['popup'] ?? ''}>
          <Dialog.Title className={styles['title'] ?? ''}>{title}</Dialog.Title>
          {stage.kind === 'Done' ? (
            <>
              <output className={styles['done']}>{done(stage.value)}</output>
              <div className={styles['actions']}>
                <Button look="primary" onClick={onClose}>
                  {texts.close}
                </Button>
              </div>
            </>
          ) : (
            <form onSubmit={submit} className={styles['form']}>
              {description !== undefined && <Dialog.Description render={<div />}>{description}</Dialog.Description>}
              {props.children}
              {reason !== 'none' && (
                <label htmlFor={id} className={styles['label']}>
                  <span>
                    {texts.reason} {reason === 'optional' && <small>{texts.optional}</small>}
                  </span>
                  <textarea id={id} name="reason" rows={3} maxLength={MAX_REASON} required={reason === 'required'} />
                </label>
              )}
              {stage.kind === 'Refused' && (
                <p role="alert" className={styles['refused']}>
                  {mayBeDone(stage) ? (props.unknown ?? texts.unknown) : `${texts.refused} ${stage.message}`}
                </p>
              )}
              <div className={styles['actions']}>
                <Button aria-disabled={isBusy} onClick={leave}>
                  {texts.cancel}
                </Button>
                <Button look={props.look ?? 'primary'} type="submit" aria-busy={isBusy}>
                  {props.submit}
                </Button>
              </div>
            </form>
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
};
