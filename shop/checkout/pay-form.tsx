import { lazy, type ReactNode, Suspense, type SyntheticEvent, useState } from 'react';
import type { Refusal } from '../../ui/client/outcome.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { Loading } from '../../ui/parts/loading.tsx';
import { EmptyState } from '../../ui/parts/notice.tsx';
import { type Choice, MethodCards } from './method-cards.tsx';
import { LATER } from './methods.ts';
import { PayButton } from './pay-button.tsx';
import { payments } from './payments.ts';
import { CHECKOUT_TEXTS } from './texts.ts';

// Stripe's part is loaded only where there is Stripe.
const CardPayForm = lazy(() => import('../stripe/card-pay-form.tsx'));

export interface PayFormProps {
  readonly total: { readonly amount: string; readonly currency: string };
  /** Null: later. */
  readonly onPay: (paymentMethod: string | null) => Promise<void>;
  readonly isBusy: boolean;
  readonly refusal: Refusal | null;
  /** Of the button; left out: that one orders. */
  readonly label?: string;
  readonly busyLabel: string;
  /** Whether it may be paid later. */
  readonly mayWait: boolean;
  readonly className?: string | undefined;
  /** What stands above the button. */
  readonly children?: ReactNode;
}

const submitting =
  (act: () => Promise<void>) =>
  (event: SyntheticEvent): void => {
    event.preventDefault();
    void act();
  };

const SimulatedPayForm = ({ onPay, mayWait, className, children, label, ...shown }: PayFormProps) => {
  const texts = useTexts(CHECKOUT_TEXTS);
  const [choice, setChoice] = useState<Choice>('pm_card_visa');
  const orderLabel = choice === LATER ? texts.orderUnpaid : texts.order;
  return (
    <form onSubmit={submitting(() => onPay(choice === LATER ? null : choice))} className={className}>
      <MethodCards chosen={choice} onChoose={setChoice} mayWait={mayWait} />
      <PayButton {...shown} label={label ?? orderLabel}>
        {children}
      </PayButton>
    </form>
  );
};

/** Where nobody can enter a card: the order can be made all the same, and be paid by another client. */
const UnpaidForm = ({ onPay, mayWait, className, children, label: _label, ...shown }: PayFormProps) => {
  const texts = useTexts(CHECKOUT_TEXTS);
  return (
    <form onSubmit={submitting(() => onPay(null))} className={className}>
      <EmptyState title={texts.noCards}>
        <p>{texts.noKey}</p>
      </EmptyState>
      {mayWait && (
        <PayButton {...shown} label={texts.orderUnpaid}>
          {children}
        </PayButton>
      )}
    </form>
  );
};

/** How to pay, as the provider has it, and the button that does it. */
export const PayForm = (props: PayFormProps) => {
  const how = payments();
  if (how.kind === 'Simulated') return <SimulatedPayForm {...props} />;
  if (how.kind === 'StripeWithoutKey') return <UnpaidForm {...props} />;
  return (
    <Suspense fallback={<Loading />}>
      <CardPayForm {...props} publishableKey={how.publishableKey} library={how.library} />
    </Suspense>
  );
};
