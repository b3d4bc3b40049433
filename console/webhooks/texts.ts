import type { WebhookEndpointStatus, WebhookFormat } from '../../ui/generated/operations.ts';
import type { Catalogue } from '../../ui/language/language.tsx';

export interface Texts {
  readonly about: string;
  readonly list: string;
  readonly mayNot: string;
  readonly failed: string;
  readonly empty: string;
  readonly emptyWhat: string;
  readonly more: string;
  readonly statuses: Readonly<Record<WebhookEndpointStatus, string>>;
  /** Active, and what failed is tried again. */
  readonly failing: string;
  readonly formats: Readonly<Record<WebhookFormat, string>>;
  readonly types: string;
  readonly allTypes: string;
  readonly typesHint: string;
  readonly format: string;
  readonly behind: string;
  readonly upToDate: string;
  readonly events: (count: number) => string;
  readonly lastFailure: string;
  readonly noFailure: string;
  readonly noAnswer: string;
  readonly nextAttempt: string;
  readonly made: string;
  readonly cursor: string;
  readonly id: string;
  readonly url: string;
  readonly urlHint: string;
  readonly create: string;
  readonly edit: string;
  readonly editTitle: string;
  readonly save: string;
  readonly saved: string;
  readonly rotate: string;
  readonly rotateTitle: string;
  readonly rotateWhat: string;
  readonly hours: string;
  readonly secret: string;
  readonly secretOnce: string;
  readonly resume: string;
  readonly tryNow: string;
  readonly redeliver: string;
  readonly redeliverTitle: string;
  readonly redeliverWhat: string;
  readonly from: string;
  readonly fromFirst: string;
  readonly fromInstant: string;
  readonly fromCursor: string;
  readonly instant: string;
  readonly redelivered: string;
  readonly remove: string;
  readonly removeTitle: string;
  readonly removeWhat: string;
  readonly removed: string;
  readonly unknown: string;
}

const EN: Texts = {
  about: 'Who is told of events by HTTP, and how far each of them is.',
  list: 'Webhook endpoints',
  mayNot: 'To see and keep webhook endpoints, you need the scope webhooks:write.',
  failed: 'The webhook endpoints cannot be shown.',
  empty: 'Nobody is told of events yet',
  emptyWhat: 'Make an endpoint: from then on, each event is posted to its URL, signed, until it is taken.',
  more: 'There are more: these are the first 100.',
  statuses: { ACTIVE: 'Active', PAUSED: 'Paused', DISABLED: 'Disabled' },
  failing: 'Failing',
  formats: { STRUCTURED: 'Structured: the whole event in the body', BINARY: 'Binary: the data alone in the body' },
  types: 'Event types',
  allTypes: 'all',
  typesHint: 'Such as OrderConfirmed, OrderCancelled. All when left empty.',
  format: 'Format',
  behind: 'Behind',
  upToDate: 'everything is delivered',
  events: (count) => (count >= 10_000 ? '10,000 events or more' : `${count} event${count === 1 ? '' : 's'}`),
  lastFailure: 'Last failure',
  noFailure: 'none',
  noAnswer: 'no answer',
  nextAttempt: 'Next attempt',
  made: 'Made',
  cursor: 'Delivered up to',
  id: 'the id',
  url: 'URL',
  urlHint: 'https://…; a public address, unless PANIER_WEBHOOK_ALLOW names it.',
  create: 'New endpoint',
  edit: 'Edit…',
  editTitle: 'Edit the endpoint',
  save: 'Save',
  saved: 'Saved. It takes effect within a second.',
  rotate: 'New secret…',
  rotateTitle: 'Give it a new secret',
  rotateWhat: 'The one before goes on beside it for so long, so that the receiver can change in its own time.',
  hours: 'Hours with both secrets (0 to 168)',
  secret: 'Secret',
  secretOnce: 'Hand it to the receiver now: it is shown this once, and never again.',
  resume: 'Resume',
  tryNow: 'Try now',
  redeliver: 'Send again…',
  redeliverTitle: 'Send events again',
  redeliverWhat:
    'Each keeps its webhook-id, by which the receiver knows what it has had. What lies before that and was not delivered is passed over.',
  from: 'Which events',
  fromFirst: 'All, from the first on',
  fromInstant: 'Those since a time',
  fromCursor: 'Those behind a cursor',
  instant: 'Since',
  redelivered: 'They are on their way.',
  remove: 'Delete…',
  removeTitle: 'Delete the endpoint',
  removeWhat: 'Nothing more is sent to it, and its secrets are forgotten. This cannot be taken back.',
  removed: 'It is deleted.',
  unknown: 'panier did not say: it may have been done. Look at the list before you ask again.',
};

const FR: Texts = {
  about: 'Qui est averti des événements par HTTP, et où en est chacun.',
  list: 'Points de terminaison',
  mayNot: 'Pour voir et tenir les points de terminaison, il vous faut le droit webhooks:write.',
  failed: 'Impossible d’afficher les points de terminaison.',
  empty: 'Personne n’est encore averti des événements',
  emptyWhat:
    'Créez un point de terminaison : dès lors, chaque événement est envoyé à son URL, signé, jusqu’à ce qu’il soit pris.',
  more: 'Il y en a d’autres : voici les 100 premiers.',
  statuses: { ACTIVE: 'Actif', PAUSED: 'En pause', DISABLED: 'Désactivé' },
  failing: 'En échec',
  formats: {
    STRUCTURED: 'Structuré : tout l’événement dans le corps',
    BINARY: 'Binaire : les données seules dans le corps',
  },
  types: 'Types d’événements',
  allTypes: 'tous',
  typesHint: 'Par exemple OrderConfirmed, OrderCancelled. Tous, si rien n’est indiqué.',
  format: 'Format',
  behind: 'Retard',
  upToDate: 'tout est livré',
  events: (count) => (count >= 10_000 ? '10 000 événements ou plus' : `${count} événement${count > 1 ? 's' : ''}`),
  lastFailure: 'Dernier échec',
  noFailure: 'aucun',
  noAnswer: 'pas de réponse',
  nextAttempt: 'Prochain essai',
  made: 'Créé',
  cursor: 'Livré jusqu’à',
  id: 'l’identifiant',
  url: 'URL',
  urlHint: 'https://… ; une adresse publique, sauf si PANIER_WEBHOOK_ALLOW la nomme.',
  create: 'Nouveau point de terminaison',
  edit: 'Modifier…',
  editTitle: 'Modifier le point de terminaison',
  save: 'Enregistrer',
  saved: 'Enregistré. Cela prend effet dans la seconde.',
  rotate: 'Nouveau secret…',
  rotateTitle: 'Lui donner un nouveau secret',
  rotateWhat: 'Le précédent reste valable à côté pendant ce temps, pour que le destinataire change à son rythme.',
  hours: 'Heures avec les deux secrets (0 à 168)',
  secret: 'Secret',
  secretOnce: 'Remettez-le au destinataire maintenant : il est affiché cette seule fois.',
  resume: 'Reprendre',
  tryNow: 'Essayer maintenant',
  redeliver: 'Renvoyer…',
  redeliverTitle: 'Renvoyer des événements',
  redeliverWhat:
    'Chacun garde son webhook-id, par lequel le destinataire reconnaît ce qu’il a déjà eu. Ce qui précède et n’a pas été livré est sauté.',
  from: 'Quels événements',
  fromFirst: 'Tous, depuis le premier',
  fromInstant: 'Ceux depuis un moment',
  fromCursor: 'Ceux derrière un curseur',
  instant: 'Depuis',
  redelivered: 'Ils sont en route.',
  remove: 'Supprimer…',
  removeTitle: 'Supprimer le point de terminaison',
  removeWhat: 'Plus rien ne lui est envoyé, et ses secrets sont oubliés. C’est irréversible.',
  removed: 'Il est supprimé.',
  unknown: 'panier ne l’a pas dit : c’est peut-être fait. Regardez la liste avant de redemander.',
};

export const TEXTS: Catalogue<Texts> = { en: EN, fr: FR };
