import type { Catalogue } from '../../ui/language/language.tsx';
import type { Rate } from './rates.ts';

export interface Texts {
  readonly failed: string;
  readonly mayNotOrders: string;
  readonly mayNotEvents: string;
  readonly rates: string;
  readonly ratesLabel: string;
  readonly window: string;
  readonly windows: Readonly<Record<'FIVE_MINUTES' | 'HOUR' | 'DAY', string>>;
  readonly curves: Readonly<Record<Rate, string>>;
  readonly noneYet: string;
  readonly noneYetWhat: string;
  readonly statuses: string;
  readonly durations: string;
  readonly durationsNone: string;
  readonly outcome: string;
  readonly orders: string;
  readonly half: string;
  readonly most: string;
  readonly attention: string;
  readonly deadLetters: string;
  readonly stuck: string;
  readonly outbox: (journal: string) => string;
  readonly outboxLength: (count: number) => string;
  readonly readSide: string;
  readonly readSideWhat: string;
  readonly oldestOpen: string;
  readonly none: string;
  readonly unknown: string;
  readonly groups: string;
  readonly group: string;
  readonly role: string;
  readonly behind: string;
  readonly lag: string;
  readonly pending: string;
  readonly others: string;
  readonly processes: string;
  readonly process: string;
  readonly roles: string;
  readonly since: string;
  readonly heartbeat: string;
  readonly ago: (duration: string) => string;
  readonly version: string;
  readonly frozen: string;
  readonly missing: (roles: string) => string;
}

const EN: Texts = {
  failed: 'This cannot be shown.',
  mayNotOrders: 'To see orders and their statistics, you need the scope orders:read.',
  mayNotEvents: 'To see consumer groups and processes, you need the scope events:read.',
  rates: 'What happens to orders',
  ratesLabel: 'Orders a second, over time',
  window: 'Time shown',
  windows: { FIVE_MINUTES: '5 minutes', HOUR: '1 hour', DAY: '24 hours' },
  curves: {
    checkouts: 'Checkouts/s',
    confirmations: 'Confirmations/s',
    rejections: 'Rejections/s',
    cancellations: 'Cancellations/s',
  },
  noneYet: 'No order yet',
  noneYetWhat: 'Buy something in the shop, or run npm run demo: what happens is drawn here as it happens.',
  statuses: 'Orders by status',
  durations: 'From checkout to end',
  durationsNone: 'No order came to its end in this time.',
  outcome: 'End',
  orders: 'Orders',
  half: 'Half take at most (p50)',
  most: '99 of 100 (p99)',
  attention: 'Needs attention',
  deadLetters: 'Open dead letters',
  stuck: 'Stuck orders',
  outbox: (journal) => `Outbox ${journal}, oldest`,
  outboxLength: (count) => (count >= 10_000 ? '10,000 events or more wait' : `${count} waiting`),
  readSide: 'Queries are behind by',
  readSideWhat: 'oldest event not shown',
  oldestOpen: 'Oldest open order',
  none: 'none',
  unknown: 'unknown',
  groups: 'Consumer groups',
  group: 'Group',
  role: 'Role',
  behind: 'Behind',
  lag: 'Not given out',
  pending: 'Under way',
  others: 'another service',
  processes: 'Processes',
  process: 'Process',
  roles: 'Roles',
  since: 'Started',
  heartbeat: 'Heartbeat',
  ago: (duration) => `${duration} ago`,
  version: 'Version',
  frozen: 'frozen?',
  missing: (roles) => `No process plays: ${roles}. Orders do not go on without.`,
};

const FR: Texts = {
  failed: 'Impossible d’afficher ceci.',
  mayNotOrders: 'Pour voir les commandes et leurs statistiques, il vous faut le droit orders:read.',
  mayNotEvents: 'Pour voir les groupes de consommateurs et les processus, il vous faut le droit events:read.',
  rates: 'Ce qui arrive aux commandes',
  ratesLabel: 'Commandes par seconde, dans le temps',
  window: 'Période affichée',
  windows: { FIVE_MINUTES: '5 minutes', HOUR: '1 heure', DAY: '24 heures' },
  curves: {
    checkouts: 'Passées/s',
    confirmations: 'Confirmées/s',
    rejections: 'Refusées/s',
    cancellations: 'Annulées/s',
  },
  noneYet: 'Pas encore de commande',
  noneYetWhat: 'Achetez quelque chose dans la boutique, ou lancez npm run demo : ce qui arrive est tracé ici à mesure.',
  statuses: 'Commandes par statut',
  durations: 'De la commande à sa fin',
  durationsNone: 'Aucune commande n’est arrivée à sa fin sur cette période.',
  outcome: 'Fin',
  orders: 'Commandes',
  half: 'La moitié en moins de (p50)',
  most: '99 sur 100 (p99)',
  attention: 'À surveiller',
  deadLetters: 'Lettres mortes ouvertes',
  stuck: 'Commandes bloquées',
  outbox: (journal) => `Boîte d’envoi ${journal}, plus ancien`,
  outboxLength: (count) => (count >= 10_000 ? '10 000 événements ou plus en attente' : `${count} en attente`),
  readSide: 'Retard des lectures',
  readSideWhat: 'plus ancien événement non affiché',
  oldestOpen: 'Plus ancienne commande en cours',
  none: 'aucune',
  unknown: 'inconnu',
  groups: 'Groupes de consommateurs',
  group: 'Groupe',
  role: 'Rôle',
  behind: 'Retard',
  lag: 'Non distribués',
  pending: 'En cours',
  others: 'un autre service',
  processes: 'Processus',
  process: 'Processus',
  roles: 'Rôles',
  since: 'Démarré',
  heartbeat: 'Signe de vie',
  ago: (duration) => `il y a ${duration}`,
  version: 'Version',
  frozen: 'figé ?',
  missing: (roles) => `Aucun processus ne joue : ${roles}. Les commandes n’avancent pas sans.`,
};

export const TEXTS: Catalogue<Texts> = { en: EN, fr: FR };
