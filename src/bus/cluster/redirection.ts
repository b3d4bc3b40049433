import { ReplyError } from 'ioredis';
import type { ServerAddress } from '../../platform/index.ts';
import { addressIn } from './cluster-map.ts';

/** What a node answers when a command is not for it, or not now. It has done nothing of it. */
export type Redirection =
  | { readonly type: 'Moved'; readonly address: ServerAddress }
  | { readonly type: 'Ask'; readonly address: ServerAddress }
  | { readonly type: 'Later' };

const LATER = /^(TRYAGAIN|CLUSTERDOWN|LOADING|MASTERDOWN|READONLY)\b/;

const pointingIn = (message: string, saidBy: ServerAddress): Redirection | null => {
  const [, word, place] = /^(MOVED|ASK) \d+ (\S+)/.exec(message) ?? [];
  if (place === undefined) return null;
  const address = addressIn(place, saidBy);
  if (address === null) return { type: 'Later' };
  return { type: word === 'ASK' ? 'Ask' : 'Moved', address };
};

/** Null when it is another error. Source: the cluster specification, redirection and resharding. */
export const redirectionIn = (error: unknown, saidBy: ServerAddress): Redirection | null => {
  if (!(error instanceof Error && error instanceof ReplyError)) return null;
  if (LATER.test(error.message)) return { type: 'Later' };
  return pointingIn(error.message, saidBy);
};
