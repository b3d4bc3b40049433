import { useClient } from 'urql';
import { type Outcome, outcomeOf } from '../../ui/client/outcome.ts';
import { WebhookCreate, WebhookDelete, WebhookRotateSecret, WebhookUpdate } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { ReasonDialog } from '../../ui/parts/reason-dialog.tsx';
import { EndpointFields } from './endpoint-fields.tsx';
import type { Endpoint } from './endpoint-item.tsx';
import { readEndpoint, readOverlapHours } from './filled-in.ts';
import { SecretShown } from './secret-shown.tsx';
import { TEXTS } from './texts.ts';

interface DialogProps {
  /** What is shown may be old. */
  readonly onDone: () => void;
  readonly onClose: () => void;
}

export interface OfEndpoint extends DialogProps {
  readonly endpoint: Endpoint;
}

/** Tells that what is shown may be old, once it is done. */
export const told = <Value,>(outcome: Outcome<Value>, onDone: () => void): Outcome<Value> => {
  if (outcome.kind === 'Done') onDone();
  return outcome;
};

const shownSecret = ({ secret }: { readonly secret: string }) => <SecretShown secret={secret} />;

export const CreateDialog = ({ onDone, onClose }: DialogProps) => {
  const client = useClient();
  const texts = useTexts(TEXTS);
  return (
    <ReasonDialog
      title={texts.create}
      submit={texts.create}
      reason="none"
      ask={async ({ form }) => {
        const input = readEndpoint(form);
        return told(
          outcomeOf(await client.mutation(WebhookCreate, { input }), (data) => data.createWebhookEndpoint),
          onDone,
        );
      }}
      done={shownSecret}
      unknown={texts.unknown}
      onClose={onClose}
    >
      <EndpointFields endpoint={null} />
    </ReasonDialog>
  );
};

export const EditDialog = ({ endpoint, onDone, onClose }: OfEndpoint) => {
  const client = useClient();
  const texts = useTexts(TEXTS);
  return (
    <ReasonDialog
      title={texts.editTitle}
      submit={texts.save}
      reason="none"
      ask={async ({ form }) => {
        const input = { id: endpoint.id, ...readEndpoint(form) };
        return told(
          outcomeOf(await client.mutation(WebhookUpdate, { input }), (data) => data.updateWebhookEndpoint),
          onDone,
        );
      }}
      done={() => texts.saved}
      unknown={texts.unknown}
      onClose={onClose}
    >
      <EndpointFields endpoint={endpoint} />
    </ReasonDialog>
  );
};

export const RotateDialog = ({ endpoint, onDone, onClose }: OfEndpoint) => {
  const client = useClient();
  const texts = useTexts(TEXTS);
  return (
    <ReasonDialog
      title={texts.rotateTitle}
      description={<p>{texts.rotateWhat}</p>}
      submit={texts.rotateTitle}
      reason="none"
      ask={async ({ form }) => {
        const input = { id: endpoint.id, overlapHours: readOverlapHours(form) };
        return told(
          outcomeOf(await client.mutation(WebhookRotateSecret, { input }), (data) => data.rotateWebhookSecret),
          onDone,
        );
      }}
      done={shownSecret}
      unknown={texts.unknown}
      onClose={onClose}
    >
      <label>
        {texts.hours}
        <input name="hours" type="number" min={0} max={168} step={1} defaultValue={24} required />
      </label>
    </ReasonDialog>
  );
};

export const DeleteDialog = ({ endpoint, onDone, onClose }: OfEndpoint) => {
  const client = useClient();
  const texts = useTexts(TEXTS);
  return (
    <ReasonDialog
      title={texts.removeTitle}
      description={
        <>
          <p>{endpoint.url}</p>
          <p>{texts.removeWhat}</p>
        </>
      }
      submit={texts.removeTitle}
      look="danger"
      reason="none"
      ask={async () => {
        const input = { id: endpoint.id };
        return told(
          outcomeOf(await client.mutation(WebhookDelete, { input }), (data) => data.deleteWebhookEndpoint),
          onDone,
        );
      }}
      done={() => texts.removed}
      unknown={texts.unknown}
      onClose={onClose}
    />
  );
};
