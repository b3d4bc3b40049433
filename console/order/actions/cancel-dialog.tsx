import { useClient } from 'urql';
import { type Outcome, outcomeOf } from '../../../ui/client/outcome.ts';
import { OrderCancel } from '../../../ui/generated/operations.ts';
import { useTexts } from '../../../ui/language/language.tsx';
import { type AskedFor, ReasonDialog } from '../../../ui/parts/reason-dialog.tsx';
import { type Made, madeEvent, shownEvent } from './made-event.tsx';
import { ACTION_TEXTS } from './texts.ts';

export interface OrderDialogProps {
  readonly orderId: string;
  readonly onClose: () => void;
}

export const CancelDialog = ({ orderId, onClose }: OrderDialogProps) => {
  const client = useClient();
  const texts = useTexts(ACTION_TEXTS);
  const ask = async ({ reason, key }: AskedFor): Promise<Outcome<Made>> => {
    const input = { orderId, reason, idempotencyKey: key };
    const asked = outcomeOf(await client.mutation(OrderCancel, { input }).toPromise(), (data) => data.cancelOrder);
    if (asked.kind === 'Refused') return asked;
    const { consistencyToken: token } = asked.value;
    const value = await madeEvent(client, { aggregateId: orderId, type: 'OrderCancelled', token }, 0);
    return { kind: 'Done', value };
  };
  return (
    <ReasonDialog
      title={texts.cancelTitle}
      description={texts.cancelSays}
      submit={texts.cancel}
      look="danger"
      reason="required"
      ask={ask}
      done={shownEvent}
      onClose={onClose}
    />
  );
};
