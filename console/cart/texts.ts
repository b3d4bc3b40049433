import type { CartStatus } from '../../ui/generated/operations.ts';
import type { Catalogue } from '../../ui/language/language.tsx';

interface Texts {
  readonly title: string;
  readonly theId: string;
  readonly unknown: string;
  readonly unknownHow: string;
  readonly failed: string;
  readonly toCarts: string;
  readonly customer: string;
  readonly visit: string;
  readonly nobody: string;
  readonly order: string;
  readonly mergedInto: string;
  readonly events: string;
  readonly event: string;
  readonly product: string;
  readonly quantity: string;
  readonly price: string;
  readonly lineTotal: string;
  readonly total: string;
  readonly items: (count: number) => string;
  readonly version: (version: number) => string;
  readonly empty: string;
  readonly history: string;
  readonly change: string;
  readonly ofMoments: (at: number, count: number) => string;
  readonly earlier: string;
  readonly later: string;
  readonly now: string;
  readonly asItWas: string;
  readonly live: string;
  readonly noHistory: string;
  readonly created: string;
  readonly added: (quantity: number, name: string, price: string) => string;
  readonly quantityOf: (name: string, before: number, after: number) => string;
  readonly removed: (quantity: number, name: string) => string;
  readonly checkedOut: string;
  readonly wentInto: string;
  readonly tookIn: (count: number) => string;
}

export const TEXTS: Catalogue<Texts> = {
  en: {
    title: 'Cart',
    theId: 'the id of the cart',
    unknown: 'There is no cart of this id.',
    unknownHow: 'It may be mistyped, or of another panier.',
    failed: 'The cart could not be read.',
    toCarts: 'To the carts',
    customer: 'Customer',
    visit: 'Visit',
    nobody: 'nobody’s',
    order: 'Order',
    mergedInto: 'Its lines are in',
    events: 'Its events',
    event: 'Event',
    product: 'Product',
    quantity: 'Quantity',
    price: 'Price',
    lineTotal: 'Total',
    total: 'Total',
    items: (count) => (count === 1 ? '1 item' : `${count} items`),
    version: (version) => `version ${version}`,
    empty: 'Nothing is in it.',
    history: 'What happened',
    change: 'Moment',
    ofMoments: (at, count) => `${at} of ${count}`,
    earlier: 'Earlier',
    later: 'Later',
    now: 'Now',
    asItWas: 'As it was',
    live: 'As it is, live',
    noHistory: 'To go through its history, your token needs the scope events:read.',
    created: 'Created',
    added: (quantity, name, price) => `${quantity} × ${name} put in, at ${price}`,
    quantityOf: (name, before, after) => `${name}: ${before} became ${after}`,
    removed: (quantity, name) => `${quantity} × ${name} taken out`,
    checkedOut: 'Checked out as',
    wentInto: 'Its lines went into',
    tookIn: (count) => (count === 1 ? 'Took in 1 line of' : `Took in ${count} lines of`),
  },
  fr: {
    title: 'Panier',
    theId: 'l’identifiant du panier',
    unknown: 'Aucun panier ne porte cet identifiant.',
    unknownHow: 'Il est peut-être mal saisi, ou d’une autre instance de panier.',
    failed: 'Le panier n’a pas pu être lu.',
    toCarts: 'Voir les paniers',
    customer: 'Client',
    visit: 'Visite',
    nobody: 'à personne',
    order: 'Commande',
    mergedInto: 'Ses lignes sont dans',
    events: 'Ses événements',
    event: 'Événement',
    product: 'Produit',
    quantity: 'Quantité',
    price: 'Prix',
    lineTotal: 'Total',
    total: 'Total',
    items: (count) => (count > 1 ? `${count} articles` : `${count} article`),
    version: (version) => `version ${version}`,
    empty: 'Il est vide.',
    history: 'Ce qui s’est passé',
    change: 'Moment',
    ofMoments: (at, count) => `${at} sur ${count}`,
    earlier: 'Avant',
    later: 'Après',
    now: 'Maintenant',
    asItWas: 'Tel qu’il était',
    live: 'Tel qu’il est, en direct',
    noHistory: 'Pour parcourir son histoire, il faut à votre jeton la portée events:read.',
    created: 'Créé',
    added: (quantity, name, price) => `${quantity} × ${name} ajouté, à ${price}`,
    quantityOf: (name, before, after) => `${name} : de ${before} à ${after}`,
    removed: (quantity, name) => `${quantity} × ${name} retiré`,
    checkedOut: 'Validé, devenu',
    wentInto: 'Ses lignes sont passées dans',
    tookIn: (count) => (count === 1 ? 'A repris 1 ligne de' : `A repris ${count} lignes de`),
  },
};

/** What people call the statuses of a cart. */
export const CART_STATUS_TEXTS: Catalogue<Readonly<Record<CartStatus, string>>> = {
  en: { OPEN: 'Open', CHECKED_OUT: 'Checked out', MERGED: 'Merged' },
  fr: { OPEN: 'Ouvert', CHECKED_OUT: 'Validé', MERGED: 'Fusionné' },
};
