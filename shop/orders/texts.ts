import type { Catalogue } from '../../ui/language/language.tsx';

interface OrdersTexts {
  readonly title: string;
  readonly none: string;
  readonly noneHint: string;
  readonly toProducts: string;
  readonly unreachable: string;
  readonly again: string;
  readonly more: string;
}

export const ORDERS_TEXTS: Catalogue<OrdersTexts> = {
  en: {
    title: 'My orders',
    none: 'You have not ordered anything yet',
    noneHint: 'Whatever you order in this browser is listed here, and goes on by itself.',
    toProducts: 'To the products',
    unreachable: 'Your orders could not be loaded',
    again: 'Try again',
    more: 'Older orders',
  },
  fr: {
    title: 'Mes commandes',
    none: 'Vous n’avez encore rien commandé',
    noneHint: 'Ce que vous commandez dans ce navigateur figure ici et se met à jour tout seul.',
    toProducts: 'Voir les produits',
    unreachable: 'Vos commandes n’ont pas pu être chargées',
    again: 'Réessayer',
    more: 'Commandes plus anciennes',
  },
};
