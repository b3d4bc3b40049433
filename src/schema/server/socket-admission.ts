import { CloseCode } from 'graphql-ws';
import { credentialsSaid, isRenewal, refusalAtGate } from '../../access/index.ts';
import type { Opening } from './admitted.ts';
import type { Entrance } from './entrance.ts';

/** RFC 6455's registry: clients of graphql-ws connect again after it, and not after 4403. */
export const TRY_AGAIN_LATER = 1013;

/** A socket as whoever may be put out of it. */
export interface Admissible {
  readonly opening: Opening;
  readonly close: (code: number, reason: string) => void;
  /** Whether one message more may come from its address; counts it. */
  readonly mayAsk: () => boolean;
}

type Said = Readonly<Record<string, unknown>> | undefined;

const UNAVAILABLE = 503;

/** @throws whatever is not for clients to know */
const refuse = ({ close }: Admissible, error: unknown): void => {
  const { status, message } = refusalAtGate(error);
  close(status === UNAVAILABLE ? TRY_AGAIN_LATER : CloseCode.Forbidden, message);
};

/** What `connection_init` says counts for more than what came with the upgrade: a browser cannot leave that out. */
export const acceptsInit = async ({ gate }: Entrance, socket: Admissible, said: Said): Promise<boolean> => {
  try {
    const credentials = credentialsSaid(said);
    if (credentials.kind !== 'None') socket.opening.renew(await gate.admit(credentials));
    return true;
  } catch (error) {
    refuse(socket, error);
    return false;
  }
};

/** What a ping is answered with. A token in it is not repeated: `isRenewed` says whether the socket goes on with it. */
export const pongTo = async ({ gate }: Entrance, socket: Admissible, said: Said): Promise<Said> => {
  try {
    const credentials = credentialsSaid(said);
    if (credentials.kind === 'None') return said;
    // To verify a token costs as much as a request does.
    if (!socket.mayAsk()) return { isRenewed: false };
    const admission = await gate.admit(credentials);
    if (isRenewal(socket.opening.admission, admission)) socket.opening.renew(admission);
    else socket.close(CloseCode.Forbidden, 'The token is not for who opened this WebSocket');
    return { isRenewed: true };
  } catch (error) {
    // Whether the new one is good cannot be told: the one before is, for as long as it says.
    if (refusalAtGate(error).status !== UNAVAILABLE) refuse(socket, error);
    return { isRenewed: false };
  }
};
