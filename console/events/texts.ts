import type { Catalogue } from '../../ui/language/language.tsx';
import type { EmptyListTexts } from '../../ui/live-list/empty-list.tsx';
import type { ForbiddenTexts } from '../sign-in/forbidden.tsx';

interface Texts extends EmptyListTexts, ForbiddenTexts {
  readonly type: string;
  readonly anyType: string;
  readonly addType: string;
  readonly types: string;
  readonly stream: string;
  readonly anyStream: string;
  readonly of: string;
  readonly thing: string;
  readonly saga: string;
  readonly by: string;
  readonly at: string;
  readonly since: string;
  readonly until: string;
  readonly event: string;
  readonly eventHint: string;
  readonly live: string;
  readonly pause: string;
  readonly resume: string;
  readonly paused: (count: number) => string;
  readonly came: (count: number) => string;
  readonly older: string;
  readonly beginning: string;
  readonly loading: string;
  readonly failed: string;
  readonly again: string;
}

export const TEXTS: Catalogue<Texts> = {
  en: {
    type: 'Type',
    anyType: 'Any type',
    addType: 'Add a type',
    types: 'Types',
    stream: 'Stream',
    anyStream: 'Any stream',
    of: 'About',
    thing: 'Cart, order, product',
    saga: 'Correlation',
    by: 'Written by',
    at: 'At',
    since: 'From',
    until: 'Before',
    event: 'Event',
    eventHint: 'event_…',
    live: 'Live',
    pause: 'Pause',
    resume: 'Resume',
    paused: (count) => (count === 0 ? 'Paused' : `Paused: ${count} came meanwhile`),
    came: (count) => `${count} new`,
    older: 'Load older ones',
    beginning: 'The store begins here.',
    loading: 'Loading',
    failed: 'The events could not be read.',
    again: 'Try again',
    none: 'Nothing has happened yet.',
    noneHow: 'Whatever happens shows here at once: put something into a cart in the shop, or run npm run demo.',
    noneFit: 'No event fits.',
    noneFitHow: 'Those that will fit show here by themselves.',
    forbidden: 'You may not see the event store.',
    forbiddenHow: 'Your token lacks the scope events:read.',
  },
  fr: {
    type: 'Type',
    anyType: 'Tous les types',
    addType: 'Ajouter un type',
    types: 'Types',
    stream: 'Flux',
    anyStream: 'Tous les flux',
    of: 'Concerne',
    thing: 'Panier, commande, produit',
    saga: 'Corrélation',
    by: 'Écrit par',
    at: 'À',
    since: 'À partir du',
    until: 'Avant le',
    event: 'Événement',
    eventHint: 'event_…',
    live: 'En direct',
    pause: 'Pause',
    resume: 'Reprendre',
    paused: (count) => (count === 0 ? 'En pause' : `En pause : ${count} arrivés entre-temps`),
    came: (count) => (count === 1 ? '1 nouveau' : `${count} nouveaux`),
    older: 'Afficher les précédents',
    beginning: 'Le journal commence ici.',
    loading: 'Chargement',
    failed: 'Les événements n’ont pas pu être lus.',
    again: 'Réessayer',
    none: 'Il ne s’est encore rien passé.',
    noneHow:
      'Tout ce qui se passe s’affiche aussitôt ici : remplissez un panier dans la boutique ou lancez npm run demo.',
    noneFit: 'Aucun événement ne correspond.',
    noneFitHow: 'Ceux qui correspondront s’afficheront d’eux-mêmes.',
    forbidden: 'Vous ne pouvez pas voir le journal des événements.',
    forbiddenHow: 'Il manque à votre jeton la portée events:read.',
  },
};
