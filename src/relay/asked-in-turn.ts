import { ignored } from '../platform/index.ts';

type Ask<T> = () => Promise<T>;

/**
 * Questions to a session that answers one after the other. Behind what is asked alone nothing is asked before that is answered:
 * its time would run out while the server is still at what may take longer, and the session, with the lead, would be given up.
 */
export class AskedInTurn {
  #alone: Promise<unknown> = Promise.resolve();

  async ask<T>(ask: Ask<T>): Promise<T> {
    await this.#alone;
    return ask();
  }

  askAlone<T>(ask: Ask<T>): Promise<T> {
    const answer = this.ask(ask);
    this.#alone = answer.catch(ignored);
    return answer;
  }
}
