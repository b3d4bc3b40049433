import { useQuery } from 'urql';
import { Link } from 'wouter';
import { OrderStepData } from '../../../ui/generated/operations.ts';
import { useTexts } from '../../../ui/language/language.tsx';
import { Button } from '../../../ui/parts/button.tsx';
import { IdText } from '../../../ui/parts/id-text.tsx';
import { JsonView } from '../../../ui/parts/json-view.tsx';
import { When } from '../../../ui/time/when.tsx';
import type { Step } from '../saga/steps.ts';
import { SAGA_TEXTS } from '../saga/texts.ts';
import styles from './step-list.module.css';

interface StepDetailProps {
  readonly orderId: string;
  readonly step: Step;
  /** What it follows from, and what followed from it. */
  readonly cause: Step | undefined;
  readonly effects: readonly Step[];
  readonly onSelect: (revision: number) => void;
  /** Shows the order as it was after this step. */
  readonly onShowThen: () => void;
}

interface StepLinksProps {
  readonly title: string;
  readonly steps: readonly Step[];
  readonly onSelect: (revision: number) => void;
}

const StepLinks = ({ title, steps, onSelect }: StepLinksProps) => {
  const { nothing } = useTexts(SAGA_TEXTS);
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        {steps.length === 0 && nothing}
        {steps.map(({ revision, event }) => (
          <button key={revision} type="button" className={styles['link']} onClick={() => onSelect(revision)}>
            {revision} {event.type}
          </button>
        ))}
      </dd>
    </div>
  );
};

/** The event of a step, whole. */
export const StepDetail = ({ orderId, step, cause, effects, onSelect, onShowThen }: StepDetailProps) => {
  const texts = useTexts(SAGA_TEXTS);
  const { revision, event } = step;
  const [{ data, error, fetching }] = useQuery({
    query: OrderStepData,
    variables: { id: orderId, after: revision - 1, upTo: revision },
  });
  const read = data?.order?.steps[0]?.event;
  return (
    <div className={styles['detail']}>
      <dl className={styles['facts']}>
        <div>
          <dt>{texts.event(event.type)}</dt>
          <dd>
            <IdText id={event.eventId} what={texts.theEventId} /> · <When at={event.occurredAt} /> ·{' '}
            {event.producerInstance}
          </dd>
        </div>
        <StepLinks title={texts.causedBy} steps={cause === undefined ? [] : [cause]} onSelect={onSelect} />
        <StepLinks title={texts.causes} steps={effects} onSelect={onSelect} />
      </dl>
      {read !== undefined && <JsonView value={read} label={texts.event(event.type)} />}
      {read === undefined && !fetching && <p role="alert">{error?.message ?? texts.unread}</p>}
      {read === undefined && fetching && <p>{texts.reading}</p>}
      <p className={styles['more']}>
        <Button onClick={onShowThen}>{texts.showThen}</Button>
        <Link href={`/events?correlation=${orderId}&event=${event.eventId}`}>{texts.inStore}</Link>
      </p>
    </div>
  );
};
