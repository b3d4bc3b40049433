import type { Catalogue } from '../../ui/language/language.tsx';
import type { PaymentState } from './states.ts';

export interface Texts {
  readonly about: string;
  readonly mayNot: string;
  readonly failed: string;
  readonly list: string;
  readonly states: Readonly<Record<PaymentState, string>>;
  readonly all: string;
  readonly filter: string;
  readonly order: string;
  readonly state: string;
  readonly amount: string;
  readonly total: string;
  readonly attempt: (nth: number) => string;
  readonly end: string;
  readonly saidBy: string;
  readonly when: string;
  readonly dispute: (status: string, reason: string) => string;
  readonly earlier: string;
  readonly empty: string;
  readonly emptyWhat: string;
  readonly noneSuch: string;
  readonly noneSuchWhat: string;
  readonly contradictions: string;
  readonly contradictionsWhat: string;
  readonly noContradiction: string;
  readonly notBelieved: string;
  readonly whoSaid: string;
  readonly what: string;
  readonly more: (count: number) => string;
}

const EN: Texts = {
  about: 'What was asked of payment providers, and how it ended: by order, what was said last first.',
  mayNot: 'To see payments, you need the scopes events:read and orders:read.',
  failed: 'The payments cannot be shown.',
  list: 'Payments',
  states: {
    REQUESTED: 'Asked for',
    PENDING: 'Waiting for the provider',
    ACTION_REQUIRED: 'Customer has to act',
    SUCCEEDED: 'Paid',
    FAILED: 'Failed',
    REFUNDED: 'Refunded',
    DISPUTED: 'Disputed',
  },
  all: 'All',
  filter: 'Payments by state',
  order: 'Order',
  state: 'State',
  amount: 'Amount, method',
  total: 'order:',
  attempt: (nth) => `attempt ${nth}`,
  end: 'What was said',
  saidBy: 'by',
  when: 'When',
  dispute: (status, reason) => `Dispute: ${status} (${reason})`,
  earlier: 'Show earlier ones',
  empty: 'No payment yet',
  emptyWhat: 'As soon as an order has its stock and is to be paid, its payment appears here.',
  noneSuch: 'None in this state',
  noneSuchWhat: 'Among the payments that are shown: earlier ones may be.',
  contradictions: 'Not believed',
  contradictionsWhat:
    'What other services said of payments and is not so. It changes nothing; but whoever said it wants a word.',
  noContradiction: 'Nothing that was said of payments is contradicted.',
  notBelieved: 'Why not',
  whoSaid: 'Said by',
  what: 'What',
  more: (count) => `and ${count} more`,
};

const FR: Texts = {
  about:
    'Ce qui a été demandé aux prestataires de paiement, et comment cela s’est terminé : par commande, le plus récent d’abord.',
  mayNot: 'Pour voir les paiements, il vous faut les droits events:read et orders:read.',
  failed: 'Impossible d’afficher les paiements.',
  list: 'Paiements',
  states: {
    REQUESTED: 'Demandé',
    PENDING: 'En attente du prestataire',
    ACTION_REQUIRED: 'Le client doit agir',
    SUCCEEDED: 'Payé',
    FAILED: 'Échoué',
    REFUNDED: 'Remboursé',
    DISPUTED: 'Contesté',
  },
  all: 'Tous',
  filter: 'Paiements par état',
  order: 'Commande',
  state: 'État',
  amount: 'Montant, moyen',
  total: 'commande :',
  attempt: (nth) => `essai ${nth}`,
  end: 'Ce qui a été dit',
  saidBy: 'par',
  when: 'Quand',
  dispute: (status, reason) => `Contestation : ${status} (${reason})`,
  earlier: 'Afficher les précédents',
  empty: 'Pas encore de paiement',
  emptyWhat: 'Dès qu’une commande a son stock et doit être payée, son paiement apparaît ici.',
  noneSuch: 'Aucun dans cet état',
  noneSuchWhat: 'Parmi les paiements affichés : il peut y en avoir de plus anciens.',
  contradictions: 'Non retenu',
  contradictionsWhat:
    'Ce que d’autres services ont dit de paiements et qui n’est pas. Cela ne change rien ; mais il faut en parler à qui l’a dit.',
  noContradiction: 'Rien de ce qui a été dit de paiements n’est contredit.',
  notBelieved: 'Pourquoi',
  whoSaid: 'Dit par',
  what: 'Quoi',
  more: (count) => `et ${count} de plus`,
};

export const TEXTS: Catalogue<Texts> = { en: EN, fr: FR };
