import { Link } from 'wouter';
import type { WebhookEndpointStatus, WebhookItemFragment } from '../../ui/generated/operations.ts';
import { useLanguage, useTexts } from '../../ui/language/language.tsx';
import { Badge, type BadgeLook } from '../../ui/parts/badge.tsx';
import { Button } from '../../ui/parts/button.tsx';
import { IdText } from '../../ui/parts/id-text.tsx';
import { When } from '../../ui/time/when.tsx';
import { TEXTS } from './texts.ts';
import styles from './webhooks.module.css';

export type Endpoint = WebhookItemFragment;

/** What may be asked about an endpoint in a dialog. */
export type Asking = 'Edit' | 'Rotate' | 'Redeliver' | 'Delete';

const LOOKS: Readonly<Record<WebhookEndpointStatus, BadgeLook>> = { ACTIVE: 'good', PAUSED: 'warn', DISABLED: 'bad' };

const Failure = ({ failure }: { readonly failure: Endpoint['lastFailure'] }) => {
  const texts = useTexts(TEXTS);
  if (failure === null) return texts.noFailure;
  return (
    <>
      <When at={failure.at} /> · {failure.status ?? texts.noAnswer} · <span lang="en">{failure.reason}</span> ·{' '}
      <Link href={`/events?event=${failure.eventId}`}>
        <code>{failure.eventId}</code>
      </Link>
    </>
  );
};

const Facts = ({ endpoint }: { readonly endpoint: Endpoint }) => {
  const texts = useTexts(TEXTS);
  const { locale } = useLanguage();
  const { behind, nextAttemptAt } = endpoint;
  return (
    <dl className={styles['facts']}>
      <dt>{texts.types}</dt>
      <dd>{endpoint.eventTypes?.join(', ') ?? texts.allTypes}</dd>
      <dt>{texts.format}</dt>
      <dd>{texts.formats[endpoint.format]}</dd>
      <dt>{texts.behind}</dt>
      <dd title={behind.toLocaleString(locale)}>{behind === 0 ? texts.upToDate : texts.events(behind)}</dd>
      <dt>{texts.lastFailure}</dt>
      <dd>
        <Failure failure={endpoint.lastFailure} />
      </dd>
      {nextAttemptAt !== null && (
        <>
          <dt>{texts.nextAttempt}</dt>
          <dd>
            <When at={nextAttemptAt} />
          </dd>
        </>
      )}
      <dt>{texts.made}</dt>
      <dd>
        <When at={endpoint.createdAt} />
      </dd>
      <dt>{texts.cursor}</dt>
      <dd>
        <IdText id={endpoint.cursor} what={texts.cursor} />
      </dd>
    </dl>
  );
};

interface EndpointItemProps {
  readonly endpoint: Endpoint;
  readonly isBusy: boolean;
  readonly refusal: string | null;
  readonly onAsk: (asking: Asking) => void;
  readonly onResume: () => void;
}

/** Who is told of events, how far they are, and what can be done about it. */
export const EndpointItem = ({ endpoint, isBusy, refusal, onAsk, onResume }: EndpointItemProps) => {
  const texts = useTexts(TEXTS);
  const { status, nextAttemptAt } = endpoint;
  const isFailing = status === 'ACTIVE' && nextAttemptAt !== null;
  return (
    <li className={styles['endpoint']}>
      <div className={styles['head']}>
        <strong>{endpoint.url}</strong>
        <Badge look={isFailing ? 'warn' : LOOKS[status]}>{isFailing ? texts.failing : texts.statuses[status]}</Badge>
        <IdText id={endpoint.id} what={texts.id} />
      </div>
      <Facts endpoint={endpoint} />
      {refusal !== null && (
        <p role="alert" className={styles['refusal']}>
          {refusal}
        </p>
      )}
      <div className={styles['actions']}>
        {(status !== 'ACTIVE' || nextAttemptAt !== null) && (
          <Button look="primary" disabled={isBusy} onClick={onResume}>
            {status === 'ACTIVE' ? texts.tryNow : texts.resume}
          </Button>
        )}
        <Button onClick={() => onAsk('Edit')}>{texts.edit}</Button>
        <Button onClick={() => onAsk('Rotate')}>{texts.rotate}</Button>
        <Button onClick={() => onAsk('Redeliver')}>{texts.redeliver}</Button>
        <Button look="danger" onClick={() => onAsk('Delete')}>
          {texts.remove}
        </Button>
      </div>
    </li>
  );
};
