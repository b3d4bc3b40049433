import { readMessage } from './socket-message.ts';

/** As graphql-ws writes what it says of an operation. */
const OF_OPERATION = /^\{"id":"(\d+)","type":"(next|error|complete)"/;

/** Of two members of one name JSON.parse takes the last: nothing else of what a client said is written anew. */
const withId = (text: string, id: string): string => `${text.trimEnd().slice(0, -1)},"id":"${id}"}`;

/**
 * The operations of a WebSocket that its client takes for active, each by an id that graphql-ws has never seen before. A client
 * may use an id again as soon as it has ended what had it, but graphql-ws goes on with that until it comes to its end: by one id
 * for both, it would tell the client one's results as the other's, and end the other one, or never let go of it.
 */
export class OperationIds {
  readonly #innerOf = new Map<string, string>();
  readonly #clientsOf = new Map<string, string>();
  readonly #onTaken: (id: string) => void;
  #count = 0;

  /** `onTaken` is told the id of whoever begins an operation with one that is active. */
  constructor(onTaken: (id: string) => void) {
    this.#onTaken = onTaken;
  }

  /** What graphql-ws is told of a client's message; null: nothing. */
  received(text: string): string | null {
    const message = readMessage(text);
    // What is wrong with any other id, graphql-ws says.
    if (typeof message?.id !== 'string' || message.id === '') return text;
    if (message.type === 'subscribe') return this.#begin(text, message.id);
    return message.type === 'complete' ? this.#end(text, message.id) : text;
  }

  /** What the client is told of a message of graphql-ws; null: nothing, for the client has ended what it is about. */
  sent(text: string): string | null {
    const [head = '', inner, type] = OF_OPERATION.exec(text) ?? [];
    if (inner === undefined) return text;
    const id = this.#clientsOf.get(inner);
    if (id === undefined) return null;
    if (type !== 'next') this.#forget(id, inner);
    return `{"id":${JSON.stringify(id)},"type":"${type}"${text.slice(head.length)}`;
  }

  #begin(text: string, id: string): string | null {
    if (this.#innerOf.has(id)) {
      this.#onTaken(id);
      return null;
    }
    this.#count += 1;
    const inner = String(this.#count);
    this.#innerOf.set(id, inner);
    this.#clientsOf.set(inner, id);
    return withId(text, inner);
  }

  #end(text: string, id: string): string | null {
    const inner = this.#innerOf.get(id);
    if (inner === undefined) return null;
    this.#forget(id, inner);
    return withId(text, inner);
  }

  #forget(id: string, inner: string): void {
    this.#innerOf.delete(id);
    this.#clientsOf.delete(inner);
  }
}
