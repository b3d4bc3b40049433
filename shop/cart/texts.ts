import type { Catalogue } from '../../ui/language/language.tsx';

interface CartTexts {
  readonly title: string;
  readonly empty: string;
  readonly emptyHint: string;
  readonly toProducts: string;
  readonly ordered: string;
  readonly orderedHint: string;
  readonly toOrder: string;
  readonly line: (name: string) => string;
  readonly fewer: (name: string) => string;
  readonly more: (name: string) => string;
  readonly remove: (name: string) => string;
  readonly removeShort: string;
  readonly quantity: string;
  readonly gone: string;
  readonly short: (available: number) => string;
  readonly soldOut: string;
  readonly priceNow: string;
  readonly priceKept: string;
  readonly total: string;
  readonly checkout: string;
  readonly checkoutAllTheSame: string;
  readonly askedAgain: string;
  readonly changed: string;
  readonly changes: Readonly<Record<'PRICE_CHANGED' | 'GONE' | 'SHORT', (name: string, available: number) => string>>;
}

export const CART_TEXTS: Catalogue<CartTexts> = {
  en: {
    title: 'Your cart',
    empty: 'Your cart is empty',
    emptyHint: 'Put something in: it stays here, also when you come back later or open a second tab.',
    toProducts: 'To the products',
    ordered: 'This cart has become an order',
    orderedHint: 'Whatever you put in next goes into a new cart.',
    toOrder: 'See the order',
    line: (name) => `In the cart: ${name}`,
    fewer: (name) => `One fewer: ${name}`,
    more: (name) => `One more: ${name}`,
    remove: (name) => `Remove: ${name}`,
    removeShort: 'Remove',
    quantity: 'Quantity',
    gone: 'A product that is not sold any more',
    short: (available) => `Only ${available} left: the order would be turned down as it is.`,
    soldOut: 'Sold out for now: the order would be turned down as it is.',
    priceNow: 'Its price is now',
    priceKept: 'You pay what it cost when you put it in.',
    total: 'Total',
    checkout: 'Go to checkout',
    checkoutAllTheSame: 'Go to checkout all the same',
    askedAgain: 'panier does not answer. What you asked for is kept, and done once it answers.',
    changed: 'Not everything is as it was',
    changes: {
      PRICE_CHANGED: (name) => `${name} has another price now.`,
      GONE: (name) => `${name} is not sold any more, and not in the cart.`,
      SHORT: (name, available) => (available === 0 ? `${name}: sold out for now.` : `${name}: only ${available} left.`),
    },
  },
  fr: {
    title: 'Votre panier',
    empty: 'Votre panier est vide',
    emptyHint: 'Ajoutez-y quelque chose : il reste ici, même si vous revenez plus tard ou ouvrez un second onglet.',
    toProducts: 'Voir les produits',
    ordered: 'Ce panier est devenu une commande',
    orderedHint: 'Ce que vous ajouterez ensuite ira dans un nouveau panier.',
    toOrder: 'Voir la commande',
    line: (name) => `Dans le panier : ${name}`,
    fewer: (name) => `Un de moins : ${name}`,
    more: (name) => `Un de plus : ${name}`,
    remove: (name) => `Retirer : ${name}`,
    removeShort: 'Retirer',
    quantity: 'Quantité',
    gone: 'Un produit qui n’est plus vendu',
    short: (available) => `Plus que ${available} : en l’état, la commande serait refusée.`,
    soldOut: 'Épuisé pour l’instant : en l’état, la commande serait refusée.',
    priceNow: 'Son prix est maintenant de',
    priceKept: 'Vous payez ce qu’il coûtait quand vous l’avez ajouté.',
    total: 'Total',
    checkout: 'Passer la commande',
    checkoutAllTheSame: 'Passer la commande quand même',
    askedAgain: 'panier ne répond pas. Votre demande est gardée, et sera faite dès qu’il répondra.',
    changed: 'Tout n’est plus comme avant',
    changes: {
      PRICE_CHANGED: (name) => `${name} a changé de prix.`,
      GONE: (name) => `${name} n’est plus vendu et n’est pas dans le panier.`,
      SHORT: (name, available) =>
        available === 0 ? `${name} : épuisé pour l’instant.` : `${name} : plus que ${available}.`,
    },
  },
};
