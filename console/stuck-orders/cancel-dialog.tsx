import { useClient } from 'urql';
import { outcomeOf } from '../../ui/client/outcome.ts';
import { StuckOrderCancel } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { type AskedFor, ReasonDialog } from '../../ui/parts/reason-dialog.tsx';
import { TEXTS } from './texts.ts';

interface CancelDialogProps {
  readonly orderId: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

export const CancelDialog = ({ orderId, onDone, onClose }: CancelDialogProps) => {
  const client = useClient();
  const texts = useTexts(TEXTS);
  const ask = async ({ reason, key }: AskedFor) => {
    const input = { orderId, reason, idempotencyKey: key };
    const outcome = outcomeOf(await client.mutation(StuckOrderCancel, { input }), (data) => data.cancelOrder);
    if (outcome.kind === 'Done') onDone();
    return outcome;
  };
  return (
    <ReasonDialog
      title={texts.cancelTitle}
      description={<p>{texts.cancelWhat}</p>}
      submit={texts.cancelTitle}
      look="danger"
      reason="required"
      ask={ask}
      done={() => texts.cancelled}
      onClose={onClose}
    />
  );
};
