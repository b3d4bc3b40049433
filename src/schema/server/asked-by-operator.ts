import type { IncomingMessage } from 'node:http';
import { admit } from './admitting.ts';
import type { Entrance } from './entrance.ts';

/** Whether a request comes with an operator's token. One without any, or with one that is none, is a stranger's. */
export const askedByOperator =
  (entrance: Entrance) =>
  async (request: IncomingMessage): Promise<boolean> => {
    try {
      const { viewer } = await admit(entrance, request);
      return viewer.kind === 'Operator';
    } catch {
      return false;
    }
  };
