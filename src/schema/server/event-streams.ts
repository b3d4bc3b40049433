import type { IncomingMessage, ServerResponse } from 'node:http';
import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Admission } from '../../access/index.ts';
import { guarded, ignored } from '../../platform/index.ts';
import type { AddressStreams } from './address-streams.ts';
import type { Admitted } from './admitted.ts';
import { FULL_HEADERS, fullOf, OF_ONE_ADDRESS } from './connection-limits.ts';

interface Asked {
  readonly req: IncomingMessage;
  readonly res?: ServerResponse;
  readonly admission: Admission;
}

interface Counted {
  readonly admitted: Admitted;
  readonly perAddress: AddressStreams;
}

/** The answers that are streams of server-sent events, as long as they are open: whatever a request accepts or leaves out. */
export class EventStreams {
  readonly #open = new Set<ServerResponse>();
  readonly #limit: number;
  readonly #admitted: Admitted;
  readonly #perAddress: AddressStreams;

  constructor(limit: number, { admitted, perAddress }: Counted) {
    this.#limit = limit;
    this.#admitted = admitted;
    this.#perAddress = perAddress;
  }

  /** Of Yoga's operations, those that stream are subscriptions. */
  get plugin(): Plugin<Asked> {
    return {
      onSubscribe: ({ args, setResultAndStopExecution }) => {
        const { req, res, admission } = args.contextValue;
        if (res === undefined) return;
        const full = this.#fullFor(req, res);
        if (full === null) this.#admit(res, admission);
        else setResultAndStopExecution({ errors: [full] });
      },
    };
  }

  breakOff(): void {
    for (const response of this.#open) response.destroy();
  }

  #fullFor(request: IncomingMessage, response: ServerResponse): GraphQLError | null {
    if (this.#open.size >= this.#limit) return full('event streams', this.#limit);
    return this.#perAddress.admit(request, response) ? null : full(OF_ONE_ADDRESS, this.#perAddress.limit);
  }

  #admit(response: ServerResponse, admission: Admission): void {
    this.#open.add(response);
    // Broken off, not completed: that would tell of an order that its story is over.
    const opening = this.#admitted.open(admission, () => response.destroy());
    const close = (): void => {
      this.#open.delete(response);
      opening[Symbol.dispose]();
    };
    response.once('close', guarded(close, ignored));
  }
}

const full = (what: string, limit: number): GraphQLError => {
  const http = { status: 503, headers: FULL_HEADERS };
  return new GraphQLError(fullOf(what, limit), { extensions: { code: 'UNAVAILABLE', http } });
};
