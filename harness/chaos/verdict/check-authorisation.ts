import type { Probed } from '../shop/index.ts';
import { type Check, violationOf } from './violation.ts';

type Leaf = readonly [name: string, value: unknown];

const leavesOf = (name: string, value: unknown): readonly Leaf[] => {
  if (value === null || value === undefined) return [];
  if (typeof value !== 'object') return [[name, value]];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(Array.isArray(value) ? name : key, inner));
};

/** A stranger may learn that there is nothing; any other refusal tells that there is something. */
const isNothing = ([name, value]: Leaf): boolean =>
  (name === 'code' && value === 'NOT_FOUND') || (name === '__typename' && value === 'NotFoundError');

/** What of the answer is none of the asker's business. */
const leaked = ({ subject, reply }: Probed): readonly string[] => {
  const data = leavesOf('data', reply?.data).filter((leaf) => !isNothing(leaf));
  const errors = (reply?.errors ?? []).some(({ message }) => new RegExp(`\\b${subject.owner}\\b`).test(message))
    ? ['the name of the owner']
    : [];
  return [...data.map(([name, value]) => `${name} ${String(value)}`), ...errors];
};

/** Whether it is the owner who asked, and was told. */
export const isToldOwner = ({ by, subject, reply }: Probed): boolean =>
  by === subject.owner && leavesOf('data', reply?.data).some(([, value]) => value === subject.id);

/** Nobody is told anything of another's cart or order. */
export const nothingOfOthers: Check = (evidence) =>
  evidence.probed
    .filter(({ by, subject }) => by !== subject.owner)
    .flatMap((probed) => {
      const found = leaked(probed);
      if (found.length === 0) return [];
      const { by, what, subject } = probed;
      const message = `${by} asked for ${what} and was told of ${subject.owner}: ${found.join(', ')}`;
      const { trail, ...violation } = violationOf(evidence, ['I-12c', subject.id, message]);
      return [{ ...violation, trail: [JSON.stringify(probed.reply).slice(0, 500), ...trail] }];
    });
