import type { Catalogue } from '../../ui/language/language.tsx';
import type { Moment, Stage, StageState } from './stages.ts';

type Words = readonly [title: string, hint: string];

interface OrderTexts {
  readonly page: string;
  readonly moments: Readonly<Record<Moment, Words>>;
  readonly stages: Readonly<Record<Stage, string>>;
  /** Of a stage that failed: it was not done. */
  readonly unmet: Readonly<Record<Stage, string>>;
  readonly states: Readonly<Record<StageState, string>>;
  readonly number: string;
  readonly placed: string;
  readonly yourOrder: string;
  readonly wasShort: string;
  readonly total: string;
  readonly clock: (left: string) => string;
  readonly clockOver: string;
  readonly pay: string;
  readonly paying: string;
  readonly cancel: string;
  readonly cancelReally: string;
  readonly keep: string;
  readonly reorder: string;
  readonly toProducts: string;
  readonly bankHow: string;
  readonly bankRefuse: string;
  readonly bankPage: string;
  readonly bankCommand: string;
  readonly noSuchOrder: string;
  readonly noSuchOrderHint: string;
  readonly unreachable: string;
  readonly notLive: string;
  readonly again: string;
}

export const ORDER_TEXTS: Catalogue<OrderTexts> = {
  en: {
    page: 'Order',
    moments: {
      checking: ['Checking the shelf…', 'Every item of your order is being reserved.'],
      payNow: ['Reserved for you', 'Nobody else can buy these now. Pay before the time is over.'],
      paying: ['Taking your payment…', 'Your items are reserved until it is decided.'],
      confirmAtBank: ['Your bank wants to be sure', 'Confirm the payment, and the order goes on by itself.'],
      confirmed: ['Thank you, it is yours', 'Paid, and taken from the shelf for good.'],
      soldOut: [
        'Somebody was faster',
        'Not everything was there any more, so nothing was reserved and nothing is charged.',
      ],
      givingBack: ['Putting it back…', 'Whatever was reserved goes back on the shelf.'],
      declined: ['The payment was refused', 'Nothing was charged, and what was reserved is back on the shelf.'],
      expired: ['The time is over', 'Nobody paid, so what was reserved is back on the shelf.'],
      cancelled: ['Cancelled', 'What was reserved is back on the shelf.'],
    },
    stages: { ordered: 'Ordered', reserved: 'Reserved', paid: 'Paid' },
    unmet: { ordered: 'Not ordered', reserved: 'Not reserved', paid: 'Not paid' },
    states: { waiting: 'not yet', busy: 'under way', done: 'done', failed: 'failed', undone: 'given back' },
    number: 'Order number',
    placed: 'Placed',
    yourOrder: 'What you ordered',
    wasShort: 'There were not that many left.',
    total: 'Total',
    clock: (left) => `Held for you for another ${left}`,
    clockOver: 'The time is over: it is going back on the shelf.',
    pay: 'Pay',
    paying: 'Paying…',
    cancel: 'Cancel the order',
    cancelReally: 'Yes, cancel it',
    keep: 'Keep it',
    reorder: 'Try again with a new cart',
    toProducts: 'To the products',
    bankHow:
      'The payment provider of this shop is simulated, and so is your bank: to confirm, run this in panier’s folder on the machine that it runs on, in a terminal with the environment variables that panier was started with.',
    bankRefuse: 'With --refuse at its end, the bank says no.',
    bankPage: 'Go to your bank',
    bankCommand: 'the command',
    noSuchOrder: 'There is no such order of yours',
    noSuchOrderHint: 'Only the visitor who placed an order can see it, in the browser that it was placed in.',
    unreachable: 'The order could not be loaded',
    notLive: 'The order is not followed any more',
    again: 'Try again',
  },
  fr: {
    page: 'Commande',
    moments: {
      checking: ['On vérifie le rayon…', 'Chaque article de votre commande est en cours de réservation.'],
      payNow: ['Réservé pour vous', 'Personne d’autre ne peut les acheter. Payez avant la fin du délai.'],
      paying: ['Paiement en cours…', 'Vos articles sont réservés jusqu’à la décision.'],
      confirmAtBank: ['Votre banque veut s’assurer que c’est vous', 'Confirmez, et la commande continue d’elle-même.'],
      confirmed: ['Merci, c’est à vous', 'Payé, et retiré du rayon pour de bon.'],
      soldOut: ['Quelqu’un a été plus rapide', 'Tout n’était plus là : rien n’a été réservé et rien ne sera débité.'],
      givingBack: ['Remise en rayon…', 'Ce qui était réservé retourne en rayon.'],
      declined: ['Le paiement a été refusé', 'Rien n’a été débité et ce qui était réservé est de nouveau en rayon.'],
      expired: ['Le délai est passé', 'Personne n’a payé : ce qui était réservé est de nouveau en rayon.'],
      cancelled: ['Annulée', 'Ce qui était réservé est de nouveau en rayon.'],
    },
    stages: { ordered: 'Commandé', reserved: 'Réservé', paid: 'Payé' },
    unmet: { ordered: 'Non commandé', reserved: 'Non réservé', paid: 'Non payé' },
    states: { waiting: 'pas encore', busy: 'en cours', done: 'fait', failed: 'échoué', undone: 'rendu' },
    number: 'Numéro de commande',
    placed: 'Passée',
    yourOrder: 'Ce que vous avez commandé',
    wasShort: 'Il n’en restait pas autant.',
    total: 'Total',
    clock: (left) => `Réservé pour vous encore ${left}`,
    clockOver: 'Le délai est passé : remise en rayon.',
    pay: 'Payer',
    paying: 'Paiement…',
    cancel: 'Annuler la commande',
    cancelReally: 'Oui, l’annuler',
    keep: 'La garder',
    reorder: 'Réessayer avec un nouveau panier',
    toProducts: 'Voir les produits',
    bankHow:
      'Le prestataire de paiement de cette boutique est simulé, et votre banque aussi : pour confirmer, exécutez ceci dans le dossier de panier, sur la machine où il tourne, dans un terminal qui a les variables d’environnement avec lesquelles panier a été démarré.',
    bankRefuse: 'Avec --refuse à la fin, la banque dit non.',
    bankPage: 'Aller à votre banque',
    bankCommand: 'la commande',
    noSuchOrder: 'Vous n’avez pas de telle commande',
    noSuchOrderHint: 'Seul le visiteur qui a passé une commande la voit, dans le navigateur où il l’a passée.',
    unreachable: 'La commande n’a pas pu être chargée',
    notLive: 'La commande n’est plus suivie',
    again: 'Réessayer',
  },
};
