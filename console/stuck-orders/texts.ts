import { de } from '../../ui/language/de.ts';
import type { Catalogue } from '../../ui/language/language.tsx';
import type { TriedAgain } from './tried-again.ts';
import type { WaitsFor } from './waits-for.ts';

interface Texts {
  readonly about: string;
  readonly list: string;
  readonly older: string;
  readonly failed: string;
  readonly more: string;
  readonly empty: string;
  readonly emptyWhat: string;
  readonly since: string;
  readonly waitsFor: Readonly<Record<WaitsFor, string>>;
  readonly lookAt: Readonly<Record<WaitsFor, string>>;
  readonly triedAgain: (entry: TriedAgain) => string;
  readonly letter: (group: string) => string;
  readonly retry: string;
  readonly cancel: string;
  readonly mayNotRepair: string;
  readonly cancelTitle: string;
  readonly cancelWhat: string;
  readonly cancelled: string;
  readonly moved: string;
}

export const TEXTS: Catalogue<Texts> = {
  en: {
    about:
      'More must happen to these orders, and nothing has for a while. Once what is missing is there again, each goes on by itself.',
    list: 'Stuck orders',
    older: 'Nothing has happened for',
    failed: 'The stuck orders cannot be shown.',
    more: 'There are more: these are the oldest.',
    empty: 'No order is stuck',
    emptyWhat: 'Every order moves on, or waits for its customer to pay. Should one stop, it appears here by itself.',
    since: 'Last step',
    waitsFor: {
      Stock: 'Waits for its stock to be reserved',
      PaymentRequest: 'Waits for its payment to be asked for',
      Provider: 'Waits for the payment provider',
      End: 'Waits for its end to be recorded',
      StockBack: 'Waits for its stock to be given back',
      Refund: 'Waits for a refund',
      Other: 'Waits for its last step',
    },
    lookAt: {
      Stock: 'Does a process play the role saga?',
      PaymentRequest: 'Does a process play the role payment?',
      Provider: 'Is the provider reached? The log of the role payment says so. The end of its reservation ends it.',
      End: 'Does a process play the role payment?',
      StockBack: 'Does a process play the role saga?',
      Refund: 'Is the provider reached? The log of the role payment says so.',
      Other: 'Do processes play the roles relay and audit?',
    },
    triedAgain: ({ group, stream, deliveries }) =>
      `${group} has been given the oldest entry it has on ${stream} ${deliveries} times and has not handled it. It is tried again until it succeeds or becomes a dead letter; the log says why it fails.`,
    letter: (group) => `A dead letter of ${group} holds it up:`,
    retry: 'Retry the dead letter',
    cancel: 'Cancel the order…',
    mayNotRepair: 'To retry it, you need the scope repair.',
    cancelTitle: 'Cancel the order',
    cancelWhat: 'Its stock is given back, and a payment that comes in all the same is refunded.',
    cancelled: 'The order is called off.',
    moved: 'Repaired here',
  },
  fr: {
    about:
      'Il doit encore arriver quelque chose à ces commandes, et rien n’arrive depuis un moment. Dès que ce qui manque est revenu, chacune repart d’elle-même.',
    list: 'Commandes bloquées',
    older: 'Sans changement depuis',
    failed: 'Impossible d’afficher les commandes bloquées.',
    more: 'Il y en a d’autres : voici les plus anciennes.',
    empty: 'Aucune commande n’est bloquée',
    emptyWhat:
      'Chaque commande avance, ou attend que son client paie. Si l’une s’arrête, elle apparaîtra ici d’elle-même.',
    since: 'Dernière étape',
    waitsFor: {
      Stock: 'Attend que son stock soit réservé',
      PaymentRequest: 'Attend que son paiement soit demandé',
      Provider: 'Attend le prestataire de paiement',
      End: 'Attend que sa fin soit enregistrée',
      StockBack: 'Attend que son stock soit rendu',
      Refund: 'Attend un remboursement',
      Other: 'Attend sa dernière étape',
    },
    lookAt: {
      Stock: 'Un processus joue-t-il le rôle saga ?',
      PaymentRequest: 'Un processus joue-t-il le rôle payment ?',
      Provider:
        'Le prestataire répond-il ? Le journal du rôle payment le dit. La fin de sa réservation y mettra un terme.',
      End: 'Un processus joue-t-il le rôle payment ?',
      StockBack: 'Un processus joue-t-il le rôle saga ?',
      Refund: 'Le prestataire répond-il ? Le journal du rôle payment le dit.',
      Other: 'Des processus jouent-ils les rôles relay et audit ?',
    },
    triedAgain: ({ group, stream, deliveries }) =>
      `${group} a reçu ${deliveries} fois sa plus ancienne entrée de ${stream} sans la traiter. Elle est tentée de nouveau jusqu’à ce qu’elle aboutisse ou devienne une lettre morte ; le journal dit pourquoi elle échoue.`,
    letter: (group) => `Une lettre morte ${de(group)} la bloque :`,
    retry: 'Relancer la lettre morte',
    cancel: 'Annuler la commande…',
    mayNotRepair: 'Pour la relancer, il vous faut le droit repair.',
    cancelTitle: 'Annuler la commande',
    cancelWhat: 'Son stock est rendu, et un paiement qui arriverait quand même est remboursé.',
    cancelled: 'La commande est annulée.',
    moved: 'Réparées ici',
  },
};
