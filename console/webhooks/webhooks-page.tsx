import { useState } from 'react';
import { useClient } from 'urql';
import { assertNever } from '../../ui/assert-never.ts';
import { outcomeOf } from '../../ui/client/outcome.ts';
import { useRepeated } from '../../ui/client/use-repeated.ts';
import { WebhookList, WebhookResume } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { Button } from '../../ui/parts/button.tsx';
import { Loading } from '../../ui/parts/loading.tsx';
import { EmptyState, ErrorNotice } from '../../ui/parts/notice.tsx';
import { StaleNotice } from '../../ui/parts/stale-notice.tsx';
import { PAGE_TITLES } from '../page-titles.ts';
import { useMay } from '../sign-in/viewer-context.ts';
import { CreateDialog, DeleteDialog, EditDialog, RotateDialog } from './endpoint-dialogs.tsx';
import { type Asking, type Endpoint, EndpointItem } from './endpoint-item.tsx';
import { RedeliverDialog } from './redeliver-dialog.tsx';
import { TEXTS } from './texts.ts';
import styles from './webhooks.module.css';

const PAGE_SIZE = 100;
const EVERY_MS = 3_000;

interface Asked {
  readonly asking: Asking;
  readonly endpoint: Endpoint;
}

interface AskedDialogProps {
  readonly asked: Asked;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

const AskedDialog = ({ asked: { asking, endpoint }, onDone, onClose }: AskedDialogProps) => {
  const props = { endpoint, onDone, onClose };
  switch (asking) {
    case 'Edit':
      return <EditDialog {...props} />;
    case 'Rotate':
      return <RotateDialog {...props} />;
    case 'Redeliver':
      return <RedeliverDialog {...props} />;
    case 'Delete':
      return <DeleteDialog {...props} />;
  }
  return assertNever(asking);
};

const useResume = (onDone: () => void) => {
  const client = useClient();
  const [busy, setBusy] = useState<string | null>(null);
  const [refused, setRefused] = useState<{ readonly id: string; readonly message: string } | null>(null);
  const resume = async (id: string): Promise<void> => {
    setBusy(id);
    const answer = await client.mutation(WebhookResume, { input: { id } });
    const outcome = outcomeOf(answer, (data) => data.resumeWebhookEndpoint);
    setBusy(null);
    setRefused(outcome.kind === 'Refused' ? { id, message: outcome.message } : null);
    onDone();
  };
  return { busy, refused, resume };
};

const Endpoints = ({
  onCreate,
  isCreating,
}: {
  readonly onCreate: (isCreating: boolean) => void;
  readonly isCreating: boolean;
}) => {
  const texts = useTexts(TEXTS);
  const { data, error, askSoon } = useRepeated({
    document: WebhookList,
    variables: { first: PAGE_SIZE },
    everyMs: EVERY_MS,
  });
  const [asked, setAsked] = useState<Asked | null>(null);
  const { busy, refused, resume } = useResume(askSoon);
  if (data === undefined && error !== undefined)
    return (
      <ErrorNotice title={texts.failed}>
        <p>{error.message}</p>
      </ErrorNotice>
    );
  if (data === undefined) return <Loading />;
  const { edges, pageInfo } = data.webhookEndpoints;
  return (
    <>
      <StaleNotice error={error} />
      {edges.length === 0 && (
        <EmptyState
          title={texts.empty}
          action={
            <Button look="primary" onClick={() => onCreate(true)}>
              {texts.create}
            </Button>
          }
        >
          {texts.emptyWhat}
        </EmptyState>
      )}
      <ul className={styles['endpoints']} aria-label={texts.list}>
        {edges.map(({ node }) => (
          <EndpointItem
            key={node.id}
            endpoint={node}
            isBusy={busy === node.id}
            refusal={refused?.id === node.id ? refused.message : null}
            onAsk={(asking) => setAsked({ asking, endpoint: node })}
            onResume={() => void resume(node.id)}
          />
        ))}
      </ul>
      {pageInfo.hasNextPage && <p>{texts.more}</p>}
      {asked !== null && <AskedDialog asked={asked} onDone={askSoon} onClose={() => setAsked(null)} />}
      {isCreating && <CreateDialog onDone={askSoon} onClose={() => onCreate(false)} />}
    </>
  );
};

const WebhooksPage = () => {
  const texts = useTexts(TEXTS);
  const titles = useTexts(PAGE_TITLES);
  const may = useMay('webhooks:write');
  const [isCreating, setCreating] = useState(false);
  return (
    <div className={styles['page']}>
      <header className={styles['title']}>
        <h1>{titles.webhooks}</h1>
        {may && <Button onClick={() => setCreating(true)}>{texts.create}</Button>}
      </header>
      <p>{may ? texts.about : texts.mayNot}</p>
      {may && <Endpoints isCreating={isCreating} onCreate={setCreating} />}
    </div>
  );
};

export default WebhooksPage;
