import type { Rejection } from '../../../src/events/index.ts';
import type { Result } from '../../../src/platform/index.ts';

/** What the answers to one key have in common, however often it is asked. */
export interface Answered {
  readonly key: string;
  readonly command: string;
  /** The id of what the command made or changed; null when it was refused. */
  readonly id: string | null;
  readonly version: number | null;
  readonly text: string;
}

/** What shoppers were told, and what must never happen to them. */
export class History {
  readonly answers: Answered[] = [];
  readonly defects: string[] = [];
  unknown = 0;

  answered<T extends Shown>(key: string, command: string, result: Result<T, Rejection>): void {
    if (!result.ok) return void this.answers.push({ key, command, id: null, version: null, text: result.error.code });
    const { id = null, version = null } = result.value;
    this.answers.push({ key, command, id, version, text: 'ok' });
  }
}

export interface Shown {
  readonly id?: string;
  readonly version?: number;
}
