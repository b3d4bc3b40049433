import type { Catalogue } from '../../ui/language/language.tsx';

interface DetailTexts {
  readonly close: string;
  readonly unknown: string;
  readonly unknownHow: string;
  readonly failed: string;
  readonly id: string;
  readonly theId: string;
  readonly at: string;
  readonly of: string;
  readonly version: (version: number) => string;
  readonly stream: string;
  readonly by: string;
  readonly saga: string;
  readonly wholeSaga: string;
  readonly allOf: string;
  readonly cause: string;
  readonly noCause: string;
  readonly command: string;
  readonly effects: string;
  readonly noEffects: string;
  readonly data: string;
}

export const DETAIL_TEXTS: Catalogue<DetailTexts> = {
  en: {
    close: 'Close',
    unknown: 'There is no event of this id.',
    unknownHow: 'Ids of events begin with event_; those of other services may look otherwise.',
    failed: 'The event could not be read.',
    id: 'Id',
    theId: 'the id of the event',
    at: 'At',
    of: 'About',
    version: (version) => `its version ${version}`,
    stream: 'Stream',
    by: 'Written by',
    saga: 'Correlation',
    wholeSaga: 'Follow it all',
    allOf: 'All of it',
    cause: 'Cause',
    noCause: 'Nothing that was recorded.',
    command: 'no event of the store',
    effects: 'Effects',
    noEffects: 'None so far.',
    data: 'Data',
  },
  fr: {
    close: 'Fermer',
    unknown: 'Aucun événement ne porte cet identifiant.',
    unknownHow: 'Les identifiants d’événements commencent par event_ ; ceux d’autres services peuvent être différents.',
    failed: 'L’événement n’a pas pu être lu.',
    id: 'Identifiant',
    theId: 'l’identifiant de l’événement',
    at: 'À',
    of: 'Concerne',
    version: (version) => `version ${version}`,
    stream: 'Flux',
    by: 'Écrit par',
    saga: 'Corrélation',
    wholeSaga: 'Tout suivre',
    allOf: 'Tout le concernant',
    cause: 'Cause',
    noCause: 'Rien d’enregistré.',
    command: 'aucun événement du journal',
    effects: 'Effets',
    noEffects: 'Aucun pour l’instant.',
    data: 'Données',
  },
};
