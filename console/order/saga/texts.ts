import type { Catalogue } from '../../../ui/language/language.tsx';
import type { WaitsFor } from './waits.ts';

interface SagaTexts {
  readonly saga: string;
  readonly steps: string;
  readonly picture: (count: number) => string;
  readonly provider: string;
  readonly technical: string;
  readonly burst: (count: string) => string;
  readonly gap: (count: string) => string;
  readonly waits: Readonly<Record<WaitsFor, string>>;
  readonly since: (duration: string) => string;
  readonly reservation: string;
  readonly over: string;
  readonly revision: string;
  readonly at: (revision: number, of: number) => string;
  readonly now: (revision: number) => string;
  readonly backToNow: string;
  readonly asThen: (revision: number) => string;
  readonly notThen: (revision: number) => string;
  readonly step: (revision: number) => string;
  readonly causedBy: string;
  readonly causes: string;
  readonly nothing: string;
  readonly showThen: string;
  readonly reading: string;
  readonly unread: string;
  readonly event: (type: string) => string;
  readonly inStore: string;
  readonly unchanged: string;
  readonly noSteps: string;
  readonly theEventId: string;
}

/** Of the saga's picture and its list. */
export const SAGA_TEXTS: Catalogue<SagaTexts> = {
  en: {
    saga: 'Saga',
    steps: 'Steps',
    picture: (count) => `The saga, drawn: ${count} steps. The list of steps below says the same in words.`,
    provider: 'payment provider',
    technical: 'Technical steps, too',
    burst: (count) => `× ${count}`,
    gap: (count) => `… ${count} steps`,
    waits: {
      Stock: 'waits for the stock',
      Payment: 'waits for a payment',
      Charge: 'waits for the provider',
      Customer: 'waits for the customer at the bank',
      Owner: 'waits for the order’s confirmation',
      Compensation: 'gives the stock back',
      Refund: 'gives the money back',
    },
    since: (duration) => `for ${duration}`,
    reservation: 'Reservation ends in',
    over: 'over',
    revision: 'Revision',
    at: (revision, of) => `${revision} of ${of}`,
    now: (revision) => `${revision}, now`,
    backToNow: 'Back to now',
    asThen: (revision) => `You see the order as it was after step ${revision}.`,
    notThen: (revision) => `After step ${revision}, the order was not created yet.`,
    step: (revision) => `Step ${revision}`,
    causedBy: 'Follows from',
    causes: 'Led to',
    nothing: 'nothing here',
    showThen: 'Show the order as it was here',
    reading: 'Reading …',
    unread: 'The event could not be read.',
    event: (type) => `Event ${type}`,
    inStore: 'In the event store',
    unchanged: 'Said by another service; changed nothing',
    noSteps: 'The event store has not heard of this order yet. Its steps appear here as they come.',
    theEventId: 'the event’s id',
  },
  fr: {
    saga: 'Saga',
    steps: 'Étapes',
    picture: (count) => `La saga en image : ${count} étapes. La liste ci-dessous dit la même chose en mots.`,
    provider: 'prestataire de paiement',
    technical: 'Étapes techniques aussi',
    burst: (count) => `× ${count}`,
    gap: (count) => `… ${count} étapes`,
    waits: {
      Stock: 'attend le stock',
      Payment: 'attend un paiement',
      Charge: 'attend le prestataire',
      Customer: 'attend le client à sa banque',
      Owner: 'attend la confirmation de la commande',
      Compensation: 'restitue le stock',
      Refund: 'rembourse',
    },
    since: (duration) => `depuis ${duration}`,
    reservation: 'La réservation expire dans',
    over: 'expirée',
    revision: 'Révision',
    at: (revision, of) => `${revision} sur ${of}`,
    now: (revision) => `${revision}, maintenant`,
    backToNow: 'Revenir à maintenant',
    asThen: (revision) => `Vous voyez la commande telle qu’elle était après l’étape ${revision}.`,
    notThen: (revision) => `Après l’étape ${revision}, la commande n’était pas encore créée.`,
    step: (revision) => `Étape ${revision}`,
    causedBy: 'Découle de',
    causes: 'A entraîné',
    nothing: 'rien ici',
    showThen: 'Montrer la commande telle qu’elle était ici',
    reading: 'Lecture…',
    unread: 'Impossible de lire l’événement.',
    event: (type) => `Événement ${type}`,
    inStore: 'Dans le magasin d’événements',
    unchanged: 'Dit par un autre service ; n’a rien changé',
    noSteps:
      'Le magasin d’événements ne connaît pas encore cette commande. Ses étapes apparaîtront ici au fur et à mesure.',
    theEventId: 'l’identifiant de l’événement',
  },
};

/** What each event of an order says, in a few words. */
export const STEP_MEANINGS: Catalogue<Readonly<Record<string, string>>> = {
  en: {
    OrderCreated: 'The cart was checked out',
    StockReserved: 'All lines are held',
    StockReservationFailed: 'A line is out of stock',
    PaymentRequested: 'A charge was asked for',
    PaymentPending: 'The charge has no outcome yet',
    PaymentSucceeded: 'The money came in',
    PaymentFailed: 'Nothing was paid',
    PaymentRefunded: 'The money was given back',
    PaymentDisputed: 'The customer disputes the payment',
    OrderConfirmed: 'Paid and sold',
    OrderRejected: 'Not enough stock: over',
    OrderCancelled: 'Called off',
    StockCompensated: 'The stock was given back',
  },
  fr: {
    OrderCreated: 'Le panier a été validé',
    StockReserved: 'Toutes les lignes sont réservées',
    StockReservationFailed: 'Une ligne est en rupture de stock',
    PaymentRequested: 'Un débit a été demandé',
    PaymentPending: 'Le débit n’a pas encore d’issue',
    PaymentSucceeded: 'L’argent est arrivé',
    PaymentFailed: 'Rien n’a été payé',
    PaymentRefunded: 'L’argent a été remboursé',
    PaymentDisputed: 'Le client conteste le paiement',
    OrderConfirmed: 'Payée et vendue',
    OrderRejected: 'Stock insuffisant : terminée',
    OrderCancelled: 'Annulée',
    StockCompensated: 'Le stock a été restitué',
  },
};
