import type { Catalogue } from '../../ui/language/language.tsx';

interface StripeTexts {
  readonly loading: string;
  readonly unreachable: string;
  readonly again: string;
  readonly refused: string;
  readonly confirm: string;
  readonly confirming: string;
}

export const STRIPE_TEXTS: Catalogue<StripeTexts> = {
  en: {
    loading: 'Loading the card form…',
    unreachable: 'The card form could not be loaded: Stripe does not answer, or something in this browser blocks it.',
    again: 'Try again',
    refused: 'Stripe did not take that.',
    confirm: 'Confirm with your bank',
    confirming: 'Your bank is asking…',
  },
  fr: {
    loading: 'Chargement du formulaire de carte…',
    unreachable: 'Le formulaire de carte n’a pas pu être chargé : Stripe ne répond pas, ou ce navigateur le bloque.',
    again: 'Réessayer',
    refused: 'Stripe ne l’a pas accepté.',
    confirm: 'Confirmer auprès de votre banque',
    confirming: 'Votre banque vous interroge…',
  },
};
