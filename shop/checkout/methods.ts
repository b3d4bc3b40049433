import type { Catalogue } from '../../ui/language/language.tsx';

/** What one may pay by where the payment provider is simulated, most used first. */
export const METHODS = [
  'pm_card_visa',
  'pm_card_chargeDeclined',
  'pm_card_chargeDeclinedInsufficientFunds',
  'pm_card_authenticationRequired',
  'pm_pending',
  'pm_flaky',
] as const;

export type Method = (typeof METHODS)[number];

/** The order is made, and paid on its own page. */
export const LATER = 'later';

export interface MethodTexts {
  readonly name: string;
  readonly does: string;
}

/** What a person calls it, and what it does. */
export const METHOD_TEXTS: Catalogue<Readonly<Record<Method | typeof LATER, MethodTexts>>> = {
  en: {
    pm_card_visa: { name: 'Card that works', does: 'Pays at once: the order is confirmed.' },
    pm_card_chargeDeclined: {
      name: 'Card that is refused',
      does: 'The bank says no: what was reserved goes back on the shelf.',
    },
    pm_card_chargeDeclinedInsufficientFunds: {
      name: 'Card without enough money',
      does: 'Refused for want of funds; the order is cancelled.',
    },
    pm_card_authenticationRequired: {
      name: 'Card whose bank asks first',
      does: 'You confirm the payment as 3-D Secure has it.',
    },
    pm_pending: { name: 'Bank debit', does: 'Not decided at once: the order waits some seconds, then it is paid.' },
    pm_flaky: {
      name: 'Card on a bad line',
      does: 'The provider cannot be reached twice; it is tried again, and charged once.',
    },
    later: { name: 'Pay later', does: 'The items are held for you while a clock runs down. Pay on the order’s page.' },
  },
  fr: {
    pm_card_visa: { name: 'Carte qui fonctionne', does: 'Paie aussitôt : la commande est confirmée.' },
    pm_card_chargeDeclined: {
      name: 'Carte refusée',
      does: 'La banque dit non : ce qui était réservé retourne en rayon.',
    },
    pm_card_chargeDeclinedInsufficientFunds: {
      name: 'Carte sans provision',
      does: 'Refusée faute de fonds ; la commande est annulée.',
    },
    pm_card_authenticationRequired: {
      name: 'Carte dont la banque demande confirmation',
      does: 'Vous confirmez le paiement, à la manière de 3-D Secure.',
    },
    pm_pending: {
      name: 'Prélèvement',
      does: 'Pas décidé aussitôt : la commande attend quelques secondes, puis elle est payée.',
    },
    pm_flaky: {
      name: 'Carte sur une mauvaise ligne',
      does: 'Deux fois, le prestataire est injoignable ; on réessaie, et un seul débit a lieu.',
    },
    later: {
      name: 'Payer plus tard',
      does: 'Les articles vous sont réservés pendant un temps compté. Payez sur la page de la commande.',
    },
  },
};
