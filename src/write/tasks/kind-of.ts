import type { TaskKey } from '../journal/append-request.ts';

/** What is to be done: an order may have several tasks of a kind, whose variants are named `kind:…`. */
export const kindOf = ({ kind }: Pick<TaskKey, 'kind'>): string => kind.split(':', 1)[0] ?? kind;
