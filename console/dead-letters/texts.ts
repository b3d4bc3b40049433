import type { DeadLetterState } from '../../ui/generated/operations.ts';
import type { Catalogue } from '../../ui/language/language.tsx';

interface Texts {
  readonly about: string;
  readonly states: Readonly<Record<DeadLetterState, string>>;
  readonly group: string;
  readonly allGroups: string;
  readonly list: string;
  readonly noType: string;
  readonly deliveries: (count: number) => string;
  readonly entry: string;
  readonly reason: (reason: string) => string;
  readonly choose: (type: string) => string;
  readonly chooseAll: string;
  readonly chosen: (count: number) => string;
  readonly retry: string;
  readonly discard: string;
  readonly retryChosen: string;
  readonly discardChosen: string;
  readonly mayNot: string;
  readonly next: string;
  readonly first: string;
  readonly failed: string;
  readonly empty: Readonly<Record<DeadLetterState, { readonly title: string; readonly what: string }>>;
}

export const TEXTS: Catalogue<Texts> = {
  en: {
    about:
      'What a consumer group could not handle is put aside here, so that it holds up nothing else. When its cause is gone, retry it: to retry is always safe.',
    states: { OPEN: 'Open', RETRIED: 'Retried', DISCARDED: 'Discarded' },
    group: 'Consumer group',
    allGroups: 'All',
    list: 'Dead letters',
    noType: 'An entry without a type',
    deliveries: (count) => (count === 1 ? 'tried once' : `tried ${count} times`),
    entry: 'The entry',
    reason: (reason) => `Discarded: ${reason}`,
    choose: (type) => `Choose ${type}`,
    chooseAll: 'Choose all shown',
    chosen: (count) => `${count} chosen`,
    retry: 'Retry',
    discard: 'Discard…',
    retryChosen: 'Retry chosen',
    discardChosen: 'Discard chosen…',
    mayNot: 'To retry or discard them, you need the scope repair.',
    next: 'Next page',
    first: 'First page',
    failed: 'The dead letters cannot be shown.',
    empty: {
      OPEN: {
        title: 'No dead letter waits for anybody',
        what: 'Should a consumer group fail to handle an entry too often, it appears here by itself.',
      },
      RETRIED: { title: 'None was retried yet', what: 'What is put back on its stream is listed here.' },
      DISCARDED: { title: 'None was discarded yet', what: 'What nobody needs is listed here, with the reason.' },
    },
  },
  fr: {
    about:
      'Ce qu’un groupe de consommateurs n’a pas pu traiter est mis de côté ici, pour ne rien bloquer d’autre. Une fois la cause disparue, relancez : relancer est toujours sans risque.',
    states: { OPEN: 'Ouvertes', RETRIED: 'Relancées', DISCARDED: 'Écartées' },
    group: 'Groupe de consommateurs',
    allGroups: 'Tous',
    list: 'Lettres mortes',
    noType: 'Une entrée sans type',
    deliveries: (count) => (count === 1 ? 'essayée une fois' : `essayée ${count} fois`),
    entry: 'L’entrée',
    reason: (reason) => `Écartée : ${reason}`,
    choose: (type) => `Choisir ${type}`,
    chooseAll: 'Choisir tout ce qui est affiché',
    chosen: (count) => (count > 1 ? `${count} choisies` : `${count} choisie`),
    retry: 'Relancer',
    discard: 'Écarter…',
    retryChosen: 'Relancer la sélection',
    discardChosen: 'Écarter la sélection…',
    mayNot: 'Pour les relancer ou les écarter, il vous faut le droit repair.',
    next: 'Page suivante',
    first: 'Première page',
    failed: 'Impossible d’afficher les lettres mortes.',
    empty: {
      OPEN: {
        title: 'Aucune lettre morte n’attend',
        what: 'Si un groupe de consommateurs échoue trop souvent sur une entrée, elle apparaîtra ici d’elle-même.',
      },
      RETRIED: { title: 'Aucune n’a encore été relancée', what: 'Ce qui est remis sur son flux est listé ici.' },
      DISCARDED: {
        title: 'Aucune n’a encore été écartée',
        what: 'Ce dont personne n’a besoin est listé ici, avec la raison.',
      },
    },
  },
};
