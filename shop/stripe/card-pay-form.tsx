import { type SyntheticEvent, useRef, useState } from 'react';
import { useTexts } from '../../ui/language/language.tsx';
import { Button } from '../../ui/parts/button.tsx';
import { PayButton } from '../checkout/pay-button.tsx';
import type { PayFormProps } from '../checkout/pay-form.tsx';
import { CHECKOUT_TEXTS } from '../checkout/texts.ts';
import { smallestUnits } from './smallest-units.ts';
import styles from './stripe.module.css';
import { STRIPE_TEXTS } from './texts.ts';
import { useCardForm } from './use-card-form.ts';

interface CardPayFormProps extends PayFormProps {
  readonly publishableKey: string;
  readonly library: string;
}

/** Pays by a card that is entered in Stripe's own form. */
const CardPayForm = ({ publishableKey, library, total, onPay, className, children, ...shown }: CardPayFormProps) => {
  const texts = useTexts(STRIPE_TEXTS);
  const { howToPay, order } = useTexts(CHECKOUT_TEXTS);
  const { currency } = total;
  const { place, state, loadAgain, enteredMethod } = useCardForm({
    publishableKey,
    library,
    amount: smallestUnits(total),
    currency,
  });
  const [problem, setProblem] = useState<string | null>(null);
  const [isEntering, setEntering] = useState(false);
  // A second click would be a second card.
  const isUnderWay = useRef(false);
  const pay = async (): Promise<void> => {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    setProblem(null);
    setEntering(true);
    const entered = await enteredMethod();
    if ('id' in entered) await onPay(entered.id);
    else setProblem(entered.problem ?? texts.refused);
    setEntering(false);
    isUnderWay.current = false;
  };
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    void pay();
  };
  return (
    <form onSubmit={submit} className={className}>
      <fieldset className={styles['card']}>
        <legend>{howToPay}</legend>
        {state === 'Loading' && <p>{texts.loading}</p>}
        {state === 'Failed' && (
          <div role="alert">
            <p>{texts.unreachable}</p>
            <Button onClick={loadAgain}>{texts.again}</Button>
          </div>
        )}
        <div ref={place} />
        {problem !== null && <p role="alert">{problem}</p>}
      </fieldset>
      <PayButton {...shown} label={shown.label ?? order} isBusy={shown.isBusy || isEntering} isOff={state !== 'Ready'}>
        {children}
      </PayButton>
    </form>
  );
};

export default CardPayForm;
