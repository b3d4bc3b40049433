import { useState } from 'react';
import { useTexts } from '../../ui/language/language.tsx';
import { Button } from '../../ui/parts/button.tsx';
import { stripeOf } from './stripe-js.ts';
import { STRIPE_TEXTS } from './texts.ts';

interface BankConfirmationProps {
  readonly publishableKey: string;
  readonly library: string;
  readonly clientSecret: string;
}

/** Has the customer confirm a payment at their bank, by Stripe's library. What comes of it, the order tells. */
const BankConfirmation = ({ publishableKey, library, clientSecret }: BankConfirmationProps) => {
  const texts = useTexts(STRIPE_TEXTS);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const confirm = async (): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    setProblem(null);
    try {
      const stripe = await stripeOf({ publishableKey, library });
      const { error } = await stripe.handleNextAction({ clientSecret });
      if (error !== undefined) setProblem(error.message ?? texts.refused);
    } catch {
      setProblem(texts.unreachable);
    }
    setBusy(false);
  };
  return (
    <>
      <Button look="primary" aria-disabled={isBusy} onClick={() => void confirm()}>
        {isBusy ? texts.confirming : texts.confirm}
      </Button>
      {problem !== null && <p role="alert">{problem}</p>}
    </>
  );
};

export default BankConfirmation;
