import { type RefObject, useEffect, useRef, useState } from 'react';
import { type Elements, type StripeJs, stripeOf } from './stripe-js.ts';

export interface CardFormOptions {
  readonly publishableKey: string;
  readonly library: string;
  /** In the currency's smallest unit. */
  readonly amount: number;
  /** ISO 4217. */
  readonly currency: string;
}

interface Opened {
  readonly stripe: StripeJs;
  readonly elements: Elements;
}

export interface CardForm {
  /** Where Stripe draws the form. */
  readonly place: RefObject<HTMLDivElement | null>;
  readonly state: 'Loading' | 'Ready' | 'Failed';
  readonly loadAgain: () => void;
  /** @returns the id of what the customer entered; or why there is none, for them, undefined where Stripe does not say */
  readonly enteredMethod: () => Promise<{ readonly id: string } | { readonly problem: string | undefined }>;
}

/** Stripe's form for cards, as long as the component is there. What is entered never comes by the shop. */
export const useCardForm = ({ publishableKey, library, amount, currency }: CardFormOptions): CardForm => {
  const place = useRef<HTMLDivElement>(null);
  const opened = useRef<Opened>(null);
  const [state, setState] = useState<CardForm['state']>('Loading');
  const [attempt, setAttempt] = useState(1);
  useEffect(() => {
    let close = (): void => undefined;
    let isOver = false;
    const open = async (): Promise<void> => {
      const stripe = await stripeOf({ publishableKey, library });
      if (isOver || place.current === null || attempt === 0) return;
      const payment = { mode: 'payment', paymentMethodCreation: 'manual', paymentMethodTypes: ['card'] } as const;
      const elements = stripe.elements({ ...payment, amount, currency: currency.toLowerCase() });
      const element = elements.create('payment');
      element.mount(place.current);
      close = () => element.destroy();
      opened.current = { stripe, elements };
      setState('Ready');
    };
    open().catch(() => setState('Failed'));
    return () => {
      isOver = true;
      close();
    };
  }, [publishableKey, library, amount, currency, attempt]);
  const enteredMethod: CardForm['enteredMethod'] = async () => {
    if (opened.current === null) return { problem: undefined };
    const { stripe, elements } = opened.current;
    const { error } = await elements.submit();
    if (error !== undefined) return { problem: error.message };
    const made = await stripe.createPaymentMethod({ elements });
    return made.paymentMethod ?? { problem: made.error?.message };
  };
  const loadAgain = (): void => {
    setState('Loading');
    setAttempt(attempt + 1);
  };
  return { place, state, loadAgain, enteredMethod };
};
