import { useId } from 'react';
import { useClient } from 'urql';
import { type Outcome, outcomeOf } from '../../../ui/client/outcome.ts';
import { OrderPay } from '../../../ui/generated/operations.ts';
import { useTexts } from '../../../ui/language/language.tsx';
import { type AskedFor, ReasonDialog } from '../../../ui/parts/reason-dialog.tsx';
import type { OrderDialogProps } from './cancel-dialog.tsx';
import { type Made, madeEvent, shownEvent } from './made-event.tsx';
import { ACTION_TEXTS } from './texts.ts';

/** Of the simulated provider, and of Stripe's test mode. */
const SUGGESTED = ['pm_card_visa', 'pm_card_chargeDeclined', 'pm_card_authenticationRequired'];

export const PayDialog = ({ orderId, onClose }: OrderDialogProps) => {
  const client = useClient();
  const texts = useTexts(ACTION_TEXTS);
  const id = useId();
  const ask = async ({ form, key, reason }: AskedFor): Promise<Outcome<Made>> => {
    const method = form.get('method');
    const input = {
      orderId,
      paymentMethod: typeof method === 'string' ? method.trim() : '',
      reason,
      idempotencyKey: key,
    };
    const asked = outcomeOf(await client.mutation(OrderPay, { input }).toPromise(), (data) => data.payOrder);
    if (asked.kind === 'Refused') return asked;
    const { consistencyToken: token } = asked.value;
    const value = await madeEvent(client, { aggregateId: orderId, type: 'PaymentRequested', token }, 0);
    return { kind: 'Done', value };
  };
  return (
    <ReasonDialog
      title={texts.payTitle}
      description={texts.paySays}
      submit={texts.pay}
      reason="required"
      ask={ask}
      done={shownEvent}
      onClose={onClose}
    >
      <label htmlFor={id}>
        {texts.method}
        <input id={id} name="method" list={`${id}-methods`} required maxLength={500} autoComplete="off" />
      </label>
      <datalist id={`${id}-methods`}>
        {SUGGESTED.map((method) => (
          <option key={method} value={method}>
            {method}
          </option>
        ))}
      </datalist>
    </ReasonDialog>
  );
};
