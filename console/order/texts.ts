import type { Catalogue } from '../../ui/language/language.tsx';

interface OrderTexts {
  readonly order: string;
  readonly theId: string;
  readonly missing: string;
  readonly missingHint: string;
  readonly all: string;
  readonly failed: string;
  readonly again: string;
  readonly customer: string;
  readonly visitor: string;
  readonly cart: string;
  readonly theCartId: string;
  readonly total: string;
  readonly created: string;
  readonly updated: string;
  readonly payment: string;
  readonly noPayment: string;
  readonly payments: Readonly<
    Record<'ACTION_REQUIRED' | 'FAILED' | 'PENDING' | 'REFUNDED' | 'REQUESTED' | 'SUCCEEDED', string>
  >;
  readonly failure: string;
  readonly failures: Readonly<
    Record<'CANCELLED_BY_CUSTOMER' | 'OUT_OF_STOCK' | 'PAYMENT_DECLINED' | 'PAYMENT_EXPIRED', string>
  >;
  readonly events: string;
  readonly facts: string;
}

/** Of the head of the page. */
export const ORDER_TEXTS: Catalogue<OrderTexts> = {
  en: {
    order: 'Order',
    theId: 'the order’s id',
    missing: 'There is no such order.',
    missingHint: 'It may be a moment until an order that was just made is shown. Otherwise look at its id.',
    all: 'All orders',
    failed: 'The order could not be read.',
    again: 'Try again',
    customer: 'Customer',
    visitor: 'a visitor',
    cart: 'Cart',
    theCartId: 'the cart’s id',
    total: 'Total',
    created: 'Checked out',
    updated: 'Last event',
    payment: 'Payment',
    noPayment: 'not asked for',
    payments: {
      ACTION_REQUIRED: 'the customer has to act',
      FAILED: 'failed',
      PENDING: 'pending at the provider',
      REFUNDED: 'given back',
      REQUESTED: 'asked for',
      SUCCEEDED: 'paid',
    },
    failure: 'Failure',
    failures: {
      CANCELLED_BY_CUSTOMER: 'Cancelled',
      OUT_OF_STOCK: 'Out of stock',
      PAYMENT_DECLINED: 'Payment declined',
      PAYMENT_EXPIRED: 'Not paid in time',
    },
    events: 'Its events in the store',
    facts: 'About the order',
  },
  fr: {
    order: 'Commande',
    theId: 'l’identifiant de la commande',
    missing: 'Cette commande n’existe pas.',
    missingHint:
      'Une commande qui vient d’être passée peut mettre un instant à apparaître. Sinon, vérifiez son identifiant.',
    all: 'Toutes les commandes',
    failed: 'Impossible de lire la commande.',
    again: 'Réessayer',
    customer: 'Client',
    visitor: 'un visiteur',
    cart: 'Panier',
    theCartId: 'l’identifiant du panier',
    total: 'Total',
    created: 'Validée',
    updated: 'Dernier événement',
    payment: 'Paiement',
    noPayment: 'non demandé',
    payments: {
      ACTION_REQUIRED: 'le client doit agir',
      FAILED: 'échoué',
      PENDING: 'en attente chez le prestataire',
      REFUNDED: 'remboursé',
      REQUESTED: 'demandé',
      SUCCEEDED: 'payé',
    },
    failure: 'Échec',
    failures: {
      CANCELLED_BY_CUSTOMER: 'Annulée',
      OUT_OF_STOCK: 'Rupture de stock',
      PAYMENT_DECLINED: 'Paiement refusé',
      PAYMENT_EXPIRED: 'Non payée à temps',
    },
    events: 'Ses événements dans le magasin',
    facts: 'À propos de la commande',
  },
};
