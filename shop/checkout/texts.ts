import type { Catalogue } from '../../ui/language/language.tsx';

interface CheckoutTexts {
  readonly title: string;
  readonly howToPay: string;
  readonly yourOrder: string;
  readonly total: string;
  readonly back: string;
  readonly order: string;
  readonly ordering: string;
  readonly orderUnpaid: string;
  readonly noCards: string;
  readonly noKey: string;
}

export const CHECKOUT_TEXTS: Catalogue<CheckoutTexts> = {
  en: {
    title: 'Checkout',
    howToPay: 'How would you like to pay?',
    yourOrder: 'Your order',
    total: 'Total',
    back: 'Back to the cart',
    order: 'Order and pay',
    ordering: 'Ordering…',
    orderUnpaid: 'Order, pay later',
    noCards: 'No card can be entered here',
    noKey:
      'This panier is paid by Stripe, and nobody has said with which publishable key: set STRIPE_PUBLISHABLE_KEY, and cards can be entered here.',
  },
  fr: {
    title: 'Commander',
    howToPay: 'Comment souhaitez-vous payer ?',
    yourOrder: 'Votre commande',
    total: 'Total',
    back: 'Revenir au panier',
    order: 'Commander et payer',
    ordering: 'Commande en cours…',
    orderUnpaid: 'Commander, payer plus tard',
    noCards: 'Aucune carte ne peut être saisie ici',
    noKey:
      'Ce panier est payé par Stripe, et personne n’a dit avec quelle clé publique : définissez STRIPE_PUBLISHABLE_KEY pour saisir une carte ici.',
  },
};
