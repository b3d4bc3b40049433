import type { Catalogue } from '../../ui/language/language.tsx';

interface ProductTexts {
  readonly products: string;
  readonly welcome: string;
  readonly welcomeMore: string;
  readonly tries: string;
  readonly tryPaying: readonly [string, string];
  readonly tryRefused: readonly [string, string];
  readonly tryLast: readonly [string, string];
  readonly tryLastLater: readonly [string, string];
  readonly search: string;
  readonly more: string;
  readonly nothingFound: string;
  readonly nothingFoundHint: string;
  readonly nothingYet: string;
  readonly nothingYetHint: string;
  readonly showAll: string;
  readonly unreachable: string;
  readonly again: string;
  readonly inStock: (count: number) => string;
  readonly few: (count: number) => string;
  readonly last: string;
  readonly soldOut: string;
  readonly held: string;
  readonly add: string;
  readonly addThis: (name: string) => string;
  readonly adding: string;
  readonly inCart: (count: number) => string;
  readonly toCart: string;
  readonly quantity: string;
  readonly noSuchProduct: string;
  readonly noSuchProductHint: string;
  readonly toProducts: string;
  readonly shelf: string;
  readonly available: string;
  readonly reserved: string;
  readonly sold: string;
  readonly shelfHint: string;
  readonly rivalTitle: string;
  readonly rivalHint: string;
  readonly rivalOpen: string;
}

export const PRODUCT_TEXTS: Catalogue<ProductTexts> = {
  en: {
    products: 'Products',
    welcome: 'A small shop with nothing to hide',
    welcomeMore:
      'Every order here is a saga: stock is reserved, the payment is taken, and when either says no, everything is given back. Order something and watch it happen.',
    tries: 'Three things to try',
    tryPaying: ['Buy something', 'Pay by the card that works, and look inside the order as it goes through.'],
    tryRefused: ['Have a card refused', 'See the stock go, and come back, in the same second.'],
    tryLast: ['Fight over the last one', 'One copy, two windows: both order it, one gets it.'],
    tryLastLater: [
      'Fight over the last one',
      'Nothing is scarce at the moment: set a stock to one in the console, and two windows can fight over it.',
    ],
    search: 'Search the products',
    more: 'More products',
    nothingFound: 'Nothing of that name',
    nothingFoundHint: 'The beginnings of words are enough: “espr mach” finds the espresso machine.',
    nothingYet: 'The shelves are empty',
    nothingYetHint:
      'Put the first product on them in the console, or by upsertProduct and adjustStock: it appears when the page is opened again.',
    showAll: 'Show all products',
    unreachable: 'The products could not be loaded',
    again: 'Try again',
    inStock: (count) => `${count} in stock`,
    few: (count) => `Only ${count} left`,
    last: 'The last one',
    soldOut: 'Sold out',
    held: 'Held for somebody who is paying; it may come back',
    add: 'Add to cart',
    addThis: (name) => `Add to cart: ${name}`,
    adding: 'Adding…',
    inCart: (count) => `${count} in your cart`,
    toCart: 'To the cart',
    quantity: 'Quantity',
    noSuchProduct: 'There is no such product',
    noSuchProductHint: 'It may not be sold any more.',
    toProducts: 'To the products',
    shelf: 'On the shelf, live',
    available: 'available',
    reserved: 'reserved',
    sold: 'sold',
    shelfHint: 'Reserved is what orders hold that are not paid yet. It becomes sold, or available again.',
    rivalTitle: 'Only one is left',
    rivalHint:
      'Open a second window: it is another visitor, with a cart of its own. Put it in both carts and order in both: panier gives it to one of them, and tells the other.',
    rivalOpen: 'Open the second visitor’s window',
  },
  fr: {
    products: 'Produits',
    welcome: 'Une petite boutique qui ne cache rien',
    welcomeMore:
      'Chaque commande est ici une saga : le stock est réservé, le paiement est pris, et si l’un des deux dit non, tout est rendu. Commandez et regardez.',
    tries: 'Trois choses à essayer',
    tryPaying: ['Acheter', 'Payez avec la carte qui fonctionne et suivez la commande de l’intérieur.'],
    tryRefused: ['Faire refuser une carte', 'Voyez le stock partir, et revenir dans la même seconde.'],
    tryLast: ['Se disputer le dernier', 'Un exemplaire, deux fenêtres : les deux commandent, une seule l’obtient.'],
    tryLastLater: [
      'Se disputer le dernier',
      'Rien n’est rare en ce moment : mettez un stock à un dans la console, et deux fenêtres se le disputeront.',
    ],
    search: 'Chercher un produit',
    more: 'Plus de produits',
    nothingFound: 'Rien de ce nom',
    nothingFoundHint: 'Le début des mots suffit : « espr mach » trouve « Espresso machine ».',
    nothingYet: 'Les rayons sont vides',
    nothingYetHint:
      'Ajoutez le premier produit dans la console, ou par upsertProduct et adjustStock : il apparaît à la prochaine ouverture de la page.',
    showAll: 'Afficher tous les produits',
    unreachable: 'Les produits n’ont pas pu être chargés',
    again: 'Réessayer',
    inStock: (count) => `${count} en stock`,
    few: (count) => `Plus que ${count}`,
    last: 'Le dernier',
    soldOut: 'Épuisé',
    held: 'Retenu pour quelqu’un qui paie ; il peut revenir',
    add: 'Ajouter au panier',
    addThis: (name) => `Ajouter au panier : ${name}`,
    adding: 'Ajout…',
    inCart: (count) => `${count} dans votre panier`,
    toCart: 'Voir le panier',
    quantity: 'Quantité',
    noSuchProduct: 'Ce produit n’existe pas',
    noSuchProductHint: 'Il n’est peut-être plus vendu.',
    toProducts: 'Voir les produits',
    shelf: 'En rayon, en direct',
    available: 'disponibles',
    reserved: 'réservés',
    sold: 'vendus',
    shelfHint:
      'Sont réservés ceux que retiennent des commandes pas encore payées. Ils seront vendus, ou de nouveau disponibles.',
    rivalTitle: 'Il n’en reste qu’un',
    rivalHint:
      'Ouvrez une deuxième fenêtre : c’est un autre visiteur, avec son propre panier. Mettez-le dans les deux paniers et commandez dans les deux : panier le donne à l’un et prévient l’autre.',
    rivalOpen: 'Ouvrir la fenêtre du deuxième visiteur',
  },
};
