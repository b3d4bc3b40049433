import type { Rejection } from '../../../src/events/index.ts';
import type { Result } from '../../../src/platform/index.ts';

/** What a command asks for, in its own words; which of them are there, the command says. */
export interface Asked {
  readonly cartId?: string;
  readonly orderId?: string;
  readonly productId?: string;
  readonly quantity?: number;
  readonly delta?: number;
  readonly paymentMethod?: string | null;
  /** It is about what is no such thing, and must be refused. */
  readonly isMistake?: true;
}

/** What the answers to one key have in common, however often it is asked. */
export interface Answered {
  readonly key: string;
  readonly command: string;
  readonly asked: Asked;
  /** The id of what the command made or changed; null when it was refused. */
  readonly id: string | null;
  readonly version: number | null;
  readonly text: string;
}

/** What shoppers were told, and what must never happen to them. */
export class History {
  readonly answers: Answered[] = [];
  readonly defects: string[] = [];
  /** The commands that nobody has been answered yet, by their keys. */
  readonly unanswered = new Map<string, string>();
  unknown = 0;

  answered<T extends Shown>(question: Pick<Answered, 'key' | 'command' | 'asked'>, result: Result<T, Rejection>): void {
    if (!result.ok) return void this.answers.push({ ...question, id: null, version: null, text: result.error.code });
    const { id = null, version = null } = result.value;
    this.answers.push({ ...question, id, version, text: 'ok' });
  }
}

export interface Shown {
  readonly id?: string;
  readonly version?: number;
}
