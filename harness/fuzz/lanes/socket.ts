import { WebSocket } from 'ws';
import { signedInAs } from '../../support/tokens.ts';
import type { Operation } from '../operation/operation.ts';
import { type Exchange, MAX_UPDATES, PATIENCE_MS, payloadOf, READING_MS } from './exchange.ts';

interface Message {
  readonly id?: string;
  readonly type: string;
  readonly payload?: unknown;
}

interface Waiting {
  readonly answers: string[];
  readonly settle: (how: 'Complete' | 'Cancelled' | { readonly closed: string }) => void;
  readonly startedAt: number;
  readonly isStream: boolean;
  firstMs: number | null;
}

/** One WebSocket of one viewer, with any number of operations on it at the same time. */
export class Socket {
  readonly #socket: WebSocket;
  readonly #ready: Promise<void>;
  readonly #waiting = new Map<string, Waiting>();
  #count = 0;
  #closed: string | null = null;

  constructor(url: string, viewer: string | null) {
    this.#socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws');
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#ready = promise;
    this.#socket.on('error', () => undefined);
    this.#socket.on(
      'open',
      () => void signedInAs(viewer).then((payload) => this.#say({ type: 'connection_init', payload })),
    );
    this.#socket.on('message', (raw: Buffer) => {
      const message = JSON.parse(raw.toString()) as Message;
      if (message.type === 'connection_ack') resolve();
      else this.#receive(message);
    });
    this.#socket.on('close', (code, reason) => {
      this.#closed = `${code} ${reason.toString()}`.trim();
      resolve();
      for (const waiting of this.#waiting.values()) waiting.settle({ closed: this.#closed });
    });
  }

  get isOpen(): boolean {
    return this.#closed === null;
  }

  async send(operation: Operation): Promise<Exchange> {
    await this.#ready;
    const startedAt = performance.now();
    if (this.#closed !== null) return { status: null, answers: [], closed: this.#closed, ms: 0, isCancelled: false };
    const id = String((this.#count += 1));
    const { promise, resolve: settle } = Promise.withResolvers<Parameters<Waiting['settle']>[0]>();
    const isStream = operation.type === 'subscription';
    const waiting: Waiting = { answers: [], settle, startedAt, isStream, firstMs: null };
    this.#waiting.set(id, waiting);
    this.#socket.send(`{"id":"${id}","type":"subscribe","payload":${payloadOf(operation)}}`);
    const timer = setTimeout(() => this.#leave(id), isStream ? READING_MS : PATIENCE_MS);
    const end = await promise;
    clearTimeout(timer);
    this.#waiting.delete(id);
    const ms = waiting.firstMs ?? performance.now() - startedAt;
    const closed = typeof end === 'object' ? end.closed : null;
    return { status: null, answers: waiting.answers, closed, ms, isCancelled: isStream && end === 'Cancelled' };
  }

  close(): void {
    this.#socket.close(1000);
    this.#socket.terminate();
  }

  #say(message: object): void {
    this.#socket.send(JSON.stringify(message));
  }

  #leave(id: string): void {
    if (this.isOpen) this.#say({ id, type: 'complete' });
    this.#waiting.get(id)?.settle('Cancelled');
  }

  #receive({ id = '', type, payload }: Message): void {
    if (type === 'ping') return this.#say({ type: 'pong' });
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    waiting.firstMs ??= performance.now() - waiting.startedAt;
    if (type === 'next') waiting.answers.push(JSON.stringify(payload));
    if (type === 'error') waiting.answers.push(JSON.stringify({ errors: payload }));
    if (type === 'error' || type === 'complete') waiting.settle('Complete');
    else if (waiting.isStream && waiting.answers.length >= MAX_UPDATES) this.#leave(id);
  }
}
