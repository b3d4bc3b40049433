import type { OrderFailureReason } from '../../ui/generated/operations.ts';
import type { Catalogue } from '../../ui/language/language.tsx';
import type { EmptyListTexts } from '../../ui/live-list/empty-list.tsx';
import type { ForbiddenTexts } from '../sign-in/forbidden.tsx';

interface Texts extends EmptyListTexts, ForbiddenTexts {
  readonly order: string;
  readonly status: string;
  readonly customer: string;
  readonly lines: string;
  readonly total: string;
  readonly created: string;
  readonly product: string;
  readonly productHint: string;
  readonly reason: string;
  readonly anyReason: string;
  readonly failure: string;
  readonly since: string;
  readonly until: string;
}

export const TEXTS: Catalogue<Texts> = {
  en: {
    order: 'Order',
    status: 'Status',
    customer: 'Customer',
    lines: 'Products',
    total: 'Total',
    created: 'Checked out',
    product: 'Product',
    productHint: 'prod_…',
    reason: 'Why it failed',
    anyReason: 'Any reason',
    failure: 'Words of the failure',
    since: 'From',
    until: 'Before',
    none: 'There are no orders yet.',
    noneHow: 'Check a cart out in the shop, or run npm run demo: the order shows here at once.',
    noneFit: 'No order fits.',
    noneFitHow: 'Those that will fit show here by themselves.',
    forbidden: 'You may not see everybody’s orders.',
    forbiddenHow: 'Your token lacks the scope orders:read.',
  },
  fr: {
    order: 'Commande',
    status: 'Statut',
    customer: 'Client',
    lines: 'Produits',
    total: 'Total',
    created: 'Passée',
    product: 'Produit',
    productHint: 'prod_…',
    reason: 'Cause de l’échec',
    anyReason: 'Toutes les causes',
    failure: 'Mots du message d’échec',
    since: 'À partir du',
    until: 'Avant le',
    none: 'Il n’y a pas encore de commande.',
    noneHow: 'Validez un panier dans la boutique ou lancez npm run demo : la commande s’affiche aussitôt ici.',
    noneFit: 'Aucune commande ne correspond.',
    noneFitHow: 'Celles qui correspondront s’afficheront d’elles-mêmes.',
    forbidden: 'Vous ne pouvez pas voir les commandes de tous.',
    forbiddenHow: 'Il manque à votre jeton la portée orders:read.',
  },
};

/** What people call the reasons for which an order fails. */
export const REASON_TEXTS: Catalogue<Readonly<Record<OrderFailureReason, string>>> = {
  en: {
    OUT_OF_STOCK: 'Out of stock',
    PAYMENT_DECLINED: 'Payment declined',
    PAYMENT_EXPIRED: 'Not paid in time',
    CANCELLED_BY_CUSTOMER: 'Cancelled by the customer',
  },
  fr: {
    OUT_OF_STOCK: 'Rupture de stock',
    PAYMENT_DECLINED: 'Paiement refusé',
    PAYMENT_EXPIRED: 'Non payée à temps',
    CANCELLED_BY_CUSTOMER: 'Annulée par le client',
  },
};
