import type { Catalogue } from '../ui/language/language.tsx';

export type PageKey =
  | 'overview'
  | 'orders'
  | 'carts'
  | 'products'
  | 'events'
  | 'dead-letters'
  | 'stuck-orders'
  | 'health'
  | 'webhooks'
  | 'payments';

/** What each page of the console is called. */
export const PAGE_TITLES: Catalogue<Readonly<Record<PageKey, string>>> = {
  en: {
    overview: 'Overview',
    orders: 'Orders',
    carts: 'Carts',
    products: 'Products',
    events: 'Events',
    'dead-letters': 'Dead letters',
    'stuck-orders': 'Stuck orders',
    health: 'Health',
    webhooks: 'Webhooks',
    payments: 'Payments',
  },
  fr: {
    overview: 'Vue d’ensemble',
    orders: 'Commandes',
    carts: 'Paniers',
    products: 'Produits',
    events: 'Événements',
    'dead-letters': 'Lettres mortes',
    'stuck-orders': 'Commandes bloquées',
    health: 'Santé',
    webhooks: 'Webhooks',
    payments: 'Paiements',
  },
};
