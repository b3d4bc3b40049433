import type { UpkeepKind, UpkeepStatus, UpkeepStepStatus } from '../../ui/generated/operations.ts';
import type { Catalogue } from '../../ui/language/language.tsx';
import type { Verdict } from './run.ts';

export interface Texts {
  readonly about: string;
  readonly mayNot: string;
  readonly failed: string;
  readonly verify: string;
  readonly verifyTitle: string;
  readonly verifyWhat: string;
  readonly fold: string;
  readonly grace: string;
  readonly pause: string;
  readonly compare: string;
  readonly compareTitle: string;
  readonly compareWhat: string;
  readonly replay: string;
  readonly replayTitle: string;
  readonly replayWhat: string;
  readonly started: string;
  readonly stop: string;
  readonly runs: string;
  readonly none: string;
  readonly noneWhat: string;
  readonly kinds: Readonly<Record<UpkeepKind, string>>;
  readonly dryReplay: string;
  readonly statuses: Readonly<Record<UpkeepStatus, string>>;
  readonly steps: string;
  readonly stepStatuses: Readonly<Record<UpkeepKind, Readonly<Record<UpkeepStepStatus, string>>>>;
  readonly verdicts: Readonly<Record<UpkeepKind, Readonly<Record<Verdict, string>>>>;
  readonly broken: string;
  readonly progress: string;
  readonly waiting: string;
  readonly by: string;
  readonly took: (duration: string) => string;
  readonly checked: (count: string) => string;
  readonly more: (count: number) => string;
}

const EN_STEPS = {
  WAITING: 'waiting',
  RUNNING: 'under way',
  SUSPECTED: 'found once, looked for again',
  NOTED: 'noted',
};

const FR_STEPS = {
  WAITING: 'en attente',
  RUNNING: 'en cours',
  SUSPECTED: 'trouvé une fois, recherché à nouveau',
  NOTED: 'à noter',
};

const EN: Texts = {
  about: 'Everything that must always hold, checked while the shop goes on; and the read models built anew.',
  mayNot: 'To verify or replay, you need the scope repair.',
  failed: 'The runs cannot be shown.',
  verify: 'Verify…',
  verifyTitle: 'Verify',
  verifyWhat: 'Checks every rule; what is found has to be found twice. It changes nothing, and the shop goes on.',
  fold: 'Fold the read models anew and compare (the longest check)',
  grace: 'Seconds during which an event may still be under way (0 to 86,400)',
  pause: 'Seconds until what was found is looked for again (0 to 600)',
  compare: 'Compare read models…',
  compareTitle: 'Compare the read models',
  compareWhat: 'Builds the read models anew beside those in use, and says what differs. It changes nothing.',
  replay: 'Replay…',
  replayTitle: 'Replay the event store',
  replayWhat:
    'Builds the read models anew beside those in use, and puts them in their place at once. Nothing is lost: they are made of events.',
  started: 'It is on its way.',
  stop: 'Stop it',
  runs: 'Last runs',
  none: 'Nothing was run yet',
  noneWhat: 'Verify: in a minute you know whether everything is as it must be.',
  kinds: { VERIFICATION: 'Verification', REPLAY: 'Replay' },
  dryReplay: 'Comparison of the read models',
  statuses: {
    WAITING: 'waiting',
    RUNNING: 'running',
    COMPLETED: 'completed',
    CANCELLED: 'stopped',
    FAILED: 'failed',
  },
  steps: 'What is checked',
  stepStatuses: {
    VERIFICATION: { ...EN_STEPS, HELD: 'held', BROKEN: 'broken' },
    REPLAY: { ...EN_STEPS, HELD: 'done', BROKEN: 'differed' },
  },
  verdicts: {
    VERIFICATION: {
      UnderWay: 'Verifying',
      Well: 'Every rule holds',
      Broken: 'Rules are broken',
      Cancelled: 'Stopped before it was through',
      Failed: 'It could not be carried out',
    },
    REPLAY: {
      UnderWay: 'Replaying',
      Well: 'The read models are what the events say',
      Broken: 'Read models differed',
      Cancelled: 'Stopped, and nothing was changed',
      Failed: 'It could not be carried out',
    },
  },
  broken: 'Broken:',
  progress: 'Progress',
  waiting: 'It waits for a process that plays the role upkeep.',
  by: 'started by',
  took: (duration) => `took ${duration}`,
  checked: (count) => `${count} looked at`,
  more: (count) => `and ${count} more`,
};

const FR: Texts = {
  about: 'Tout ce qui doit toujours être vrai, vérifié pendant que la boutique tourne ; et les lectures reconstruites.',
  mayNot: 'Pour vérifier ou rejouer, il vous faut le droit repair.',
  failed: 'Impossible d’afficher les exécutions.',
  verify: 'Vérifier…',
  verifyTitle: 'Vérifier',
  verifyWhat:
    'Vérifie chaque règle ; ce qui est trouvé doit l’être deux fois. Rien n’est modifié, et la boutique continue.',
  fold: 'Recalculer les modèles de lecture et comparer (la plus longue vérification)',
  grace: 'Secondes pendant lesquelles un événement peut encore être en route (0 à 86 400)',
  pause: 'Secondes avant de chercher à nouveau ce qui a été trouvé (0 à 600)',
  compare: 'Comparer les lectures…',
  compareTitle: 'Comparer les modèles de lecture',
  compareWhat: 'Reconstruit les modèles de lecture à côté de ceux en usage, et dit ce qui diffère. Rien n’est modifié.',
  replay: 'Rejouer…',
  replayTitle: 'Rejouer les événements',
  replayWhat:
    'Reconstruit les modèles de lecture à côté de ceux en usage, puis les met à leur place d’un coup. Rien n’est perdu : ils sont faits d’événements.',
  started: 'C’est parti.',
  stop: 'Arrêter',
  runs: 'Dernières exécutions',
  none: 'Rien n’a encore été exécuté',
  noneWhat: 'Vérifiez : en une minute, vous savez si tout est comme il doit être.',
  kinds: { VERIFICATION: 'Vérification', REPLAY: 'Rejeu' },
  dryReplay: 'Comparaison des lectures',
  statuses: {
    WAITING: 'en attente',
    RUNNING: 'en cours',
    COMPLETED: 'terminé',
    CANCELLED: 'arrêté',
    FAILED: 'échoué',
  },
  steps: 'Ce qui est vérifié',
  stepStatuses: {
    VERIFICATION: { ...FR_STEPS, HELD: 'respectée', BROKEN: 'enfreinte' },
    REPLAY: { ...FR_STEPS, HELD: 'fait', BROKEN: 'différait' },
  },
  verdicts: {
    VERIFICATION: {
      UnderWay: 'Vérification en cours',
      Well: 'Chaque règle est respectée',
      Broken: 'Des règles sont enfreintes',
      Cancelled: 'Arrêtée avant la fin',
      Failed: 'Elle n’a pas pu être menée',
    },
    REPLAY: {
      UnderWay: 'Rejeu en cours',
      Well: 'Les lectures sont ce que disent les événements',
      Broken: 'Des lectures différaient',
      Cancelled: 'Arrêté, et rien n’a changé',
      Failed: 'Il n’a pas pu être mené',
    },
  },
  broken: 'Enfreint :',
  progress: 'Avancement',
  waiting: 'Elle attend un processus qui joue le rôle upkeep.',
  by: 'lancé par',
  took: (duration) => `a duré ${duration}`,
  checked: (count) => `${count} examinés`,
  more: (count) => `et ${count} de plus`,
};

export const TEXTS: Catalogue<Texts> = { en: EN, fr: FR };
