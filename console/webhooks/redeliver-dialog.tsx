import { useState } from 'react';
import { type Client, useClient } from 'urql';
import { answerOf } from '../../ui/client/answer-of.ts';
import { type Outcome, outcomeOf } from '../../ui/client/outcome.ts';
import { instantOf } from '../../ui/filters/local-time.ts';
import {
  WebhookCursorBefore,
  type WebhookCursorBeforeQuery,
  WebhookFirstSince,
  WebhookRedeliver,
} from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { ReasonDialog } from '../../ui/parts/reason-dialog.tsx';
import { cursorSince, type EventCursors } from './cursor-since.ts';
import { type OfEndpoint, told } from './endpoint-dialogs.tsx';
import { readRedeliverFrom } from './filled-in.ts';
import { TEXTS } from './texts.ts';

const RedeliverFields = () => {
  const texts = useTexts(TEXTS);
  const [from, setFrom] = useState('Instant');
  return (
    <>
      <label>
        {texts.from}
        <select name="from" value={from} onChange={({ target }) => setFrom(target.value)}>
          <option value="Instant">{texts.fromInstant}</option>
          <option value="Cursor">{texts.fromCursor}</option>
          <option value="First">{texts.fromFirst}</option>
        </select>
      </label>
      {from === 'Instant' && (
        <label>
          {texts.instant}
          <input name="at" type="datetime-local" required />
        </label>
      )}
      {from === 'Cursor' && (
        <label>
          {texts.fromCursor}
          <input name="cursor" required autoComplete="off" spellCheck={false} />
        </label>
      )}
    </>
  );
};

type Connection = WebhookCursorBeforeQuery['events'];

const cursorIn = ({ edges }: Connection): string | null => edges[0]?.cursor ?? null;

const cursorsOf = (client: Client): EventCursors => ({
  firstSince: async (since) => cursorIn(answerOf(await client.query(WebhookFirstSince, { since })).events),
  before: async (before) => cursorIn(answerOf(await client.query(WebhookCursorBefore, { before })).events),
});

/** What a command needs to know first. Where it cannot be known, the command was not asked for. */
const found = <Value,>(asked: Promise<Value>): Promise<Outcome<Value>> =>
  asked.then(
    (value) => ({ kind: 'Done', value }),
    (error: unknown) => ({ kind: 'Refused', code: 'NOT_ASKED', message: String(error) }),
  );

export const RedeliverDialog = ({ endpoint, onDone, onClose }: OfEndpoint) => {
  const client = useClient();
  const texts = useTexts(TEXTS);
  const afterIn = async (form: FormData): Promise<string | null> => {
    const from = readRedeliverFrom(form);
    if (from.kind !== 'Instant') return from.kind === 'Cursor' ? from.cursor : null;
    return cursorSince(cursorsOf(client), instantOf(from.at));
  };
  return (
    <ReasonDialog
      title={texts.redeliverTitle}
      description={<p>{texts.redeliverWhat}</p>}
      submit={texts.redeliverTitle}
      reason="none"
      ask={async ({ form }) => {
        const after = await found(afterIn(form));
        if (after.kind === 'Refused') return after;
        const input = { endpointId: endpoint.id, after: after.value };
        return told(
          outcomeOf(await client.mutation(WebhookRedeliver, { input }), (data) => data.redeliverWebhooks),
          onDone,
        );
      }}
      done={() => texts.redelivered}
      unknown={texts.unknown}
      onClose={onClose}
    >
      <RedeliverFields />
    </ReasonDialog>
  );
};
