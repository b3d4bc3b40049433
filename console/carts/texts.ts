import type { Catalogue } from '../../ui/language/language.tsx';
import type { EmptyListTexts } from '../../ui/live-list/empty-list.tsx';
import type { ForbiddenTexts } from '../sign-in/forbidden.tsx';

interface Texts extends EmptyListTexts, ForbiddenTexts {
  readonly cart: string;
  readonly status: string;
  readonly customer: string;
  readonly product: string;
  readonly productHint: string;
  readonly items: string;
  readonly total: string;
  readonly order: string;
  readonly created: string;
  readonly changed: string;
  readonly since: string;
  readonly until: string;
  readonly empty: string;
}

export const TEXTS: Catalogue<Texts> = {
  en: {
    cart: 'Cart',
    status: 'Status',
    customer: 'Customer',
    product: 'Product',
    productHint: 'prod_…',
    items: 'What is in it',
    total: 'Total',
    order: 'Order',
    created: 'Created',
    changed: 'Changed',
    since: 'Created from',
    until: 'Created before',
    empty: 'empty',
    none: 'There are no carts yet.',
    noneHow: 'Put something into one in the shop, or run npm run demo: it shows here at once.',
    noneFit: 'No cart fits.',
    noneFitHow: 'Those that will fit show here by themselves.',
    forbidden: 'You may not see everybody’s carts.',
    forbiddenHow: 'Your token lacks the scope orders:read.',
  },
  fr: {
    cart: 'Panier',
    status: 'Statut',
    customer: 'Client',
    product: 'Produit',
    productHint: 'prod_…',
    items: 'Contenu',
    total: 'Total',
    order: 'Commande',
    created: 'Créé',
    changed: 'Modifié',
    since: 'Créé à partir du',
    until: 'Créé avant le',
    empty: 'vide',
    none: 'Il n’y a pas encore de panier.',
    noneHow: 'Remplissez-en un dans la boutique ou lancez npm run demo : il s’affiche aussitôt ici.',
    noneFit: 'Aucun panier ne correspond.',
    noneFitHow: 'Ceux qui correspondront s’afficheront d’eux-mêmes.',
    forbidden: 'Vous ne pouvez pas voir les paniers de tous.',
    forbiddenHow: 'Il manque à votre jeton la portée orders:read.',
  },
};
