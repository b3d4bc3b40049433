import type { Catalogue } from '../../ui/language/language.tsx';

interface InsideTexts {
  readonly title: string;
  readonly hint: string;
  readonly open: string;
  readonly close: string;
  readonly events: string;
  readonly waiting: string;
  readonly over: string;
  readonly by: (service: string) => string;
  readonly after: (ms: string) => string;
  readonly data: string;
  readonly stock: string;
  readonly product: string;
  readonly available: string;
  readonly reserved: string;
  readonly sold: string;
  readonly console: string;
  /** By event type; one that is not here is shown by its type alone. */
  readonly meaning: Readonly<Record<string, string>>;
}

export const INSIDE_TEXTS: Catalogue<InsideTexts> = {
  en: {
    title: 'What happens inside',
    hint: 'Each line is an event: written down first, then told to the other services, which answer with events of their own. Nobody directs them.',
    open: 'Look inside',
    close: 'Hide the inside',
    events: 'Events of this order',
    waiting: 'Waiting for the next event…',
    over: 'The saga is over: nothing more can come.',
    by: (service) => `by ${service}`,
    after: (ms) => `+${ms} ms`,
    data: 'What it says',
    stock: 'The stock meanwhile',
    product: 'product',
    available: 'available',
    reserved: 'reserved',
    sold: 'sold',
    console: 'This order in the operators’ console',
    meaning: {
      OrderCreated: 'The order is written down. Whatever happens now, it is not lost.',
      StockReserved: 'Every item is set aside for this order, for a while.',
      StockReservationFailed: 'Something is not there in that quantity: nothing is set aside.',
      OrderRejected: 'Without the stock, the order is turned down.',
      PaymentRequested: 'The payment provider is asked, with a key that makes it charge once.',
      PaymentPending: 'The provider has not decided yet.',
      PaymentSucceeded: 'The money is there.',
      PaymentFailed: 'No money came. Whatever was set aside has to go back.',
      PaymentRefunded: 'What was paid is given back.',
      PaymentDisputed: 'The customer’s bank questions the payment.',
      OrderConfirmed: 'The order is confirmed: what was set aside is sold.',
      OrderCancelled: 'The order is called off.',
      StockCompensated: 'What was set aside is back on the shelf.',
    },
  },
  fr: {
    title: 'Ce qui se passe à l’intérieur',
    hint: 'Chaque ligne est un événement : d’abord écrit, puis communiqué aux autres services, qui répondent par les leurs. Personne ne les dirige.',
    open: 'Voir l’intérieur',
    close: 'Masquer l’intérieur',
    events: 'Événements de cette commande',
    waiting: 'En attente du prochain événement…',
    over: 'La saga est terminée : plus rien ne peut venir.',
    by: (service) => `par ${service}`,
    after: (ms) => `+${ms} ms`,
    data: 'Ce qu’il dit',
    stock: 'Le stock pendant ce temps',
    product: 'produit',
    available: 'disponibles',
    reserved: 'réservés',
    sold: 'vendus',
    console: 'Cette commande dans la console des opérateurs',
    meaning: {
      OrderCreated: 'La commande est écrite. Quoi qu’il arrive, elle n’est pas perdue.',
      StockReserved: 'Chaque article est mis de côté pour cette commande, pour un temps.',
      StockReservationFailed: 'Il en manque : rien n’est mis de côté.',
      OrderRejected: 'Faute de stock, la commande est refusée.',
      PaymentRequested: 'Le prestataire de paiement est sollicité, avec une clé qui garantit un seul débit.',
      PaymentPending: 'Le prestataire n’a pas encore décidé.',
      PaymentSucceeded: 'L’argent est là.',
      PaymentFailed: 'L’argent n’est pas venu. Ce qui était mis de côté doit retourner en rayon.',
      PaymentRefunded: 'Ce qui avait été payé est remboursé.',
      PaymentDisputed: 'La banque du client conteste le paiement.',
      OrderConfirmed: 'La commande est confirmée : ce qui était mis de côté est vendu.',
      OrderCancelled: 'La commande est annulée.',
      StockCompensated: 'Ce qui était mis de côté est de retour en rayon.',
    },
  },
};
