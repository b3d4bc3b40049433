import { de } from '../../ui/language/de.ts';
import type { Catalogue } from '../../ui/language/language.tsx';
import type { EmptyListTexts } from '../../ui/live-list/empty-list.tsx';

interface Texts extends EmptyListTexts {
  readonly product: string;
  readonly id: string;
  readonly price: string;
  readonly available: string;
  readonly reserved: string;
  readonly sold: string;
  readonly name: string;
  readonly stock: string;
  readonly anyStock: string;
  readonly inStock: string;
  readonly outOfStock: string;
  readonly create: string;
  readonly adjust: string;
  readonly edit: string;
  readonly close: string;
  readonly theId: string;
  readonly gone: string;
  readonly events: string;
  readonly allEvents: string;
  readonly orders: string;
  readonly noEvents: string;
  readonly mayNotAdjust: string;
  readonly mayNotEdit: string;
}

export const TEXTS: Catalogue<Texts> = {
  en: {
    product: 'Product',
    id: 'Id',
    price: 'Price',
    available: 'Available',
    reserved: 'Reserved',
    sold: 'Sold',
    name: 'Name',
    stock: 'Stock',
    anyStock: 'Any',
    inStock: 'Available',
    outOfStock: 'Sold out',
    none: 'There are no products yet.',
    noneHow: 'Create the first one, then put it in stock.',
    noneFit: 'No product fits.',
    noneFitHow: 'Each word you give begins a word of the name: “esp mach” finds the espresso machine.',
    create: 'New product',
    adjust: 'Adjust stock',
    edit: 'Edit',
    close: 'Close',
    theId: 'the id of the product',
    gone: 'There is no product of this id.',
    events: 'Last events',
    allEvents: 'All its events',
    orders: 'Orders with it',
    noEvents: 'You may not see events: your token lacks the scope events:read.',
    mayNotAdjust: 'To adjust stock, your token needs the scope stock:write.',
    mayNotEdit: 'To edit products, your token needs the scope catalogue:write.',
  },
  fr: {
    product: 'Produit',
    id: 'Identifiant',
    price: 'Prix',
    available: 'Disponible',
    reserved: 'Réservé',
    sold: 'Vendu',
    name: 'Nom',
    stock: 'Stock',
    anyStock: 'Tous',
    inStock: 'Disponibles',
    outOfStock: 'Épuisés',
    none: 'Il n’y a pas encore de produit.',
    noneHow: 'Créez le premier, puis mettez-le en stock.',
    noneFit: 'Aucun produit ne correspond.',
    noneFitHow: 'Chaque mot donné commence un mot du nom : « mach esp » trouve la machine à espresso.',
    create: 'Nouveau produit',
    adjust: 'Ajuster le stock',
    edit: 'Modifier',
    close: 'Fermer',
    theId: 'l’identifiant du produit',
    gone: 'Aucun produit ne porte cet identifiant.',
    events: 'Derniers événements',
    allEvents: 'Tous ses événements',
    orders: 'Commandes le contenant',
    noEvents: 'Vous ne pouvez pas voir les événements : il manque à votre jeton la portée events:read.',
    mayNotAdjust: 'Pour ajuster le stock, il faut à votre jeton la portée stock:write.',
    mayNotEdit: 'Pour modifier les produits, il faut à votre jeton la portée catalogue:write.',
  },
};

interface DialogTexts {
  readonly adjustTitle: (name: string) => string;
  readonly adjustHow: (available: number) => string;
  readonly delta: string;
  readonly adjust: string;
  readonly editTitle: (name: string) => string;
  readonly createTitle: string;
  readonly id: string;
  readonly idHow: string;
  readonly name: string;
  readonly amount: string;
  readonly currency: string;
  readonly save: string;
  readonly create: string;
  readonly made: string;
  readonly madeUnseen: string;
}

export const DIALOG_TEXTS: Catalogue<DialogTexts> = {
  en: {
    adjustTitle: (name) => `Adjust the stock of ${name}`,
    adjustHow: (available) => `${available} are available now. It never falls below 0.`,
    delta: 'By how many: 10 came in, −3 went missing',
    adjust: 'Adjust',
    editTitle: (name) => `Edit ${name}`,
    createTitle: 'New product',
    id: 'Id',
    idHow: 'prod_ and what you like; it stays for ever.',
    name: 'Name',
    amount: 'Price',
    currency: 'Currency (ISO 4217)',
    save: 'Save',
    create: 'Create',
    made: 'Done. The event that it made:',
    madeUnseen: 'Done.',
  },
  fr: {
    adjustTitle: (name) => `Ajuster le stock ${de(name)}`,
    adjustHow: (available) => `${available} disponibles en ce moment. Le stock ne descend jamais sous 0.`,
    delta: 'De combien : 10 reçus, −3 disparus',
    adjust: 'Ajuster',
    editTitle: (name) => `Modifier ${name}`,
    createTitle: 'Nouveau produit',
    id: 'Identifiant',
    idHow: 'prod_ puis ce que vous voulez ; il est définitif.',
    name: 'Nom',
    amount: 'Prix',
    currency: 'Devise (ISO 4217)',
    save: 'Enregistrer',
    create: 'Créer',
    made: 'C’est fait. L’événement produit :',
    madeUnseen: 'C’est fait.',
  },
};
