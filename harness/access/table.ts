import { expectedOutcome, scopeOf } from './expected.ts';
import type { Operation } from './operation.ts';
import { OPERATIONS } from './operations.ts';
import { type OwnerName, VIEWERS } from './viewers.ts';

/** The ways in. Subscriptions have two of them. */
const LANES = ['HTTP', 'event stream', 'WebSocket'] as const;
export type LaneName = (typeof LANES)[number];

export const lanesOf = ({ field }: Operation): readonly LaneName[] =>
  field.startsWith('Subscription.') ? LANES.slice(1) : LANES;

const OWNERS: readonly OwnerName[] = ['the customer', 'the visitor', 'nobody'];

/** Whose things an operation is tried on. */
export const ownersFor = ({ about }: Operation): readonly OwnerName[] =>
  about === 'what is owned' ? OWNERS : ['nobody'];

export const nameOf = ({ field, how }: Operation): string => (how === undefined ? field : `${field}, ${how}`);

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const rowOf = (operation: Operation, owner: OwnerName): string => {
  const outcomes = VIEWERS.map((viewer) => expectedOutcome(operation, viewer, owner));
  const whose = operation.about === 'what is owned' ? owner : '';
  const scope = scopeOf(operation);
  const lanes = lanesOf(operation).length === LANES.length ? 'all' : lanesOf(operation).join(', ');
  return row([`\`${nameOf(operation)}\``, whose, scope === null ? '' : `\`${scope}\``, lanes, ...outcomes]);
};

const HEAD = ['operation', 'of what is owned by', 'scope', 'lanes', ...VIEWERS];

/** Each operation on each owner's things, what each viewer is answered in which lanes; as a table of Markdown. */
export const accessTable = (): string =>
  [
    row(HEAD),
    row(HEAD.map(() => '---')),
    ...OPERATIONS.flatMap((operation) => ownersFor(operation).map((owner) => rowOf(operation, owner))),
  ].join('\n');
