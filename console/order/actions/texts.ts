import type { Catalogue } from '../../../ui/language/language.tsx';

interface ActionTexts {
  readonly actions: string;
  readonly mayNot: string;
  readonly cancel: string;
  readonly cancelTitle: string;
  readonly cancelSays: string;
  readonly pay: string;
  readonly payTitle: string;
  readonly paySays: string;
  readonly method: string;
  readonly reorder: string;
  readonly reorderTitle: string;
  readonly reorderSays: string;
  readonly newCart: string;
  readonly sameLines: string;
  readonly changes: string;
  readonly gone: (product: string) => string;
  readonly dearer: (product: string) => string;
  readonly short: (product: string, available: number) => string;
  readonly retry: string;
  readonly retryTitle: string;
  readonly retrySays: string;
  readonly letters: string;
  readonly lettersSay: string;
  readonly group: string;
  readonly made: string;
  readonly madeUnseen: string;
  readonly theEventId: string;
  readonly event: (type: string) => string;
}

/** Of what operators do about an order. */
export const ACTION_TEXTS: Catalogue<ActionTexts> = {
  en: {
    actions: 'Actions',
    mayNot: 'Your token has no scope orders:write: you see the order, and cannot change it.',
    cancel: 'Cancel the order',
    cancelTitle: 'Cancel this order?',
    cancelSays:
      'Its stock is given back, and a payment that comes in all the same is refunded. The reason becomes the order’s failure message: the customer reads it.',
    pay: 'Pay',
    payTitle: 'Pay this order',
    paySays: 'The order is charged as soon as its stock is reserved.',
    method: 'Payment method, as its provider calls it',
    reorder: 'Order again',
    reorderTitle: 'Order the same again?',
    reorderSays:
      'A new cart is made with this order’s lines, at today’s prices, for the same customer. This order stays as it is.',
    newCart: 'The new cart:',
    sameLines: 'All is as it was.',
    changes: 'What is not as it was:',
    gone: (product) => `${product} is no longer sold, and not in the cart.`,
    dearer: (product) => `${product} has another price.`,
    short: (product, available) => `Of ${product}, only ${available} are available.`,
    retry: 'Retry',
    retryTitle: 'Retry this dead letter?',
    retrySays: 'Its entry goes onto its stream again, as it was. Groups that have handled it do nothing.',
    letters: 'Dead letters of this order',
    lettersSay: 'The saga stands still until they are handled or discarded.',
    group: 'given up by',
    made: 'Done. The event that it made:',
    madeUnseen: 'Done. Its event appears among the steps.',
    theEventId: 'the event’s id',
    event: (type) => `Event ${type}`,
  },
  fr: {
    actions: 'Actions',
    mayNot: 'Votre jeton n’a pas la portée orders:write : vous voyez la commande, sans pouvoir la modifier.',
    cancel: 'Annuler la commande',
    cancelTitle: 'Annuler cette commande ?',
    cancelSays:
      'Son stock est restitué, et un paiement qui arriverait malgré tout est remboursé. Le motif devient le message d’échec de la commande : le client le lit.',
    pay: 'Payer',
    payTitle: 'Payer cette commande',
    paySays: 'La commande est débitée dès que son stock est réservé.',
    method: 'Moyen de paiement, tel que le nomme le prestataire',
    reorder: 'Commander à nouveau',
    reorderTitle: 'Commander la même chose ?',
    reorderSays:
      'Un nouveau panier est créé avec les lignes de cette commande, aux prix du jour, pour le même client. Cette commande reste telle quelle.',
    newCart: 'Le nouveau panier :',
    sameLines: 'Rien n’a changé.',
    changes: 'Ce qui a changé :',
    gone: (product) => `${product} n’est plus vendu et ne figure pas dans le panier.`,
    dearer: (product) => `${product} a changé de prix.`,
    short: (product, available) => `De ${product}, seuls ${available} sont disponibles.`,
    retry: 'Rejouer',
    retryTitle: 'Rejouer cette lettre morte ?',
    retrySays: 'Son entrée est remise sur son flux, telle quelle. Les groupes qui l’ont déjà traitée ne font rien.',
    letters: 'Lettres mortes de cette commande',
    lettersSay: 'La saga est arrêtée tant qu’elles ne sont pas traitées ou écartées.',
    group: 'abandonnée par',
    made: 'C’est fait. L’événement produit :',
    madeUnseen: 'C’est fait. L’événement apparaît parmi les étapes.',
    theEventId: 'l’identifiant de l’événement',
    event: (type) => `Événement ${type}`,
  },
};
