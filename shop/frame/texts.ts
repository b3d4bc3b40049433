import type { Catalogue } from '../../ui/language/language.tsx';

interface FrameTexts {
  readonly skip: string;
  readonly pages: string;
  readonly home: string;
  readonly products: string;
  readonly orders: string;
  readonly cart: (count: number) => string;
  readonly otherVisitor: string;
  readonly visitIsNew: string;
  readonly understood: string;
  readonly pretend: string;
  readonly console: string;
  readonly api: string;
  readonly noSuchPage: string;
  readonly noSuchPageHint: string;
  readonly toProducts: string;
}

export const FRAME_TEXTS: Catalogue<FrameTexts> = {
  en: {
    skip: 'Skip to the page',
    pages: 'Pages of the shop',
    home: 'panier shop: to the products',
    products: 'Products',
    orders: 'My orders',
    cart: (count) => (count === 1 ? 'Cart, 1 item' : `Cart, ${count} items`),
    otherVisitor: 'Second visitor',
    visitIsNew:
      'Your visit had ended, so a new one has begun. What was in the cart of the old one is gone; its orders go on, but are not shown here.',
    understood: 'Understood',
    pretend: 'This shop is for trying things out: no card is charged, and nothing is delivered.',
    console: 'The operators’ console',
    api: 'The API behind it',
    noSuchPage: 'There is no such page',
    noSuchPageHint: 'The address may be mistyped, or what it led to is gone.',
    toProducts: 'To the products',
  },
  fr: {
    skip: 'Aller au contenu',
    pages: 'Pages de la boutique',
    home: 'Boutique panier : vers les produits',
    products: 'Produits',
    orders: 'Mes commandes',
    cart: (count) => (count < 2 ? `Panier, ${count} article` : `Panier, ${count} articles`),
    otherVisitor: 'Deuxième visiteur',
    visitIsNew:
      'Votre visite avait pris fin : une nouvelle a commencé. Le contenu de l’ancien panier n’est plus là ; ses commandes suivent leur cours, mais ne sont pas affichées ici.',
    understood: 'Compris',
    pretend: 'Cette boutique sert aux essais : aucune carte n’est débitée et rien n’est livré.',
    console: 'La console des opérateurs',
    api: 'L’API qui la porte',
    noSuchPage: 'Cette page n’existe pas',
    noSuchPageHint: 'L’adresse est peut-être mal saisie, ou son contenu n’existe plus.',
    toProducts: 'Voir les produits',
  },
};
