import { LRUCache } from 'lru-cache';
import { ADMITTED_AS_NOBODY, type Admission } from './admission.ts';
import { type BearerOptions, type BearerTokens, LEEWAY_SECONDS, openBearerTokens } from './bearer-tokens.ts';
import type { Credentials } from './credentials.ts';
import type { Access } from './open-access.ts';
import { expired, notValid, Unauthenticated } from './unauthenticated.ts';
import type { KnownVisit } from './visits.ts';

export interface GateOptions extends Omit<BearerOptions, 'onKeys'> {
  readonly access: Access;
}

type ByTicket = Extract<Credentials, { readonly kind: 'Ticket' }>;

const REMEMBERED = { tokens: 10_000, characters: 16_000_000, forMs: 300_000 };

/** Longer ones are no tokens; verifying costs time by their length. */
const MAX_LENGTH = 8_000;

const LEEWAY_MS = LEEWAY_SECONDS * 1_000;

/** Decides, before any of the lanes, who asks. */
export class Gate implements AsyncDisposable {
  readonly #tokens: BearerTokens;
  readonly #access: Access;
  /** To verify a token takes longer than many a request; only those that were found valid are kept. */
  readonly #verified = new LRUCache<string, Admission>({
    max: REMEMBERED.tokens,
    maxSize: REMEMBERED.characters,
    // Keys are taken back.
    ttl: REMEMBERED.forMs,
    ttlResolution: 1_000,
    sizeCalculation: (_, token) => token.length,
  });

  constructor({ access, ...options }: GateOptions) {
    this.#access = access;
    this.#tokens = openBearerTokens({ ...options, onKeys: () => this.#verified.clear() });
  }

  /**
   * Who shows these credentials; at once for a token that was shown before.
   * @throws {Unauthenticated} when they are wrong: they are never taken for nobody's
   * @throws {Unavailable} when nobody can tell
   */
  admit(credentials: Credentials): Admission | Promise<Admission> {
    if (credentials.kind === 'None') return ADMITTED_AS_NOBODY;
    if (credentials.kind === 'Ticket') return this.#redeem(credentials);
    const known = this.#verified.get(credentials.token);
    return known === undefined ? this.#verify(credentials.token) : this.#stillCurrent(known);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#tokens[Symbol.asyncDispose]();
  }

  async #verify(token: string): Promise<Admission> {
    if (token.length > MAX_LENGTH) throw notValid();
    const visit = await this.#access.visits.verify(token);
    const admission = visit === null ? await this.#tokens.verify(token) : admissionOf(visit);
    this.#verified.set(token, admission);
    return this.#stillCurrent(admission);
  }

  async #redeem({ ticket, stream, mark }: ByTicket): Promise<Admission> {
    const { tickets } = this.#access;
    const begun = mark === null ? null : tickets.resume(mark, { ticket, stream });
    if (begun !== null && mark !== null) return { ...this.#stillCurrent(begun), mark };
    const admission = await tickets.redeem(ticket);
    if (admission === null)
      throw new Unauthenticated('The ticket has served, or is over after its minute: get a new one with streamTicket.');
    return { ...this.#stillCurrent(admission), mark: tickets.mark(admission, { ticket, stream }) };
  }

  #stillCurrent(admission: Admission): Admission {
    if (isOver(admission)) throw expired();
    if (this.#isRevoked(admission)) throw new Unauthenticated('The token has been revoked: get a new one.');
    return admission;
  }

  /** A token that does not say when it was issued may be any of them. */
  #isRevoked({ subject, issuedAtSeconds }: Admission): boolean {
    return subject !== null && this.#access.revocations.isRevoked(subject, issuedAtSeconds ?? 0);
  }
}

const admissionOf = ({ visitorId, expiresAtMs, issuedAtSeconds }: KnownVisit): Admission => ({
  viewer: { kind: 'Visitor', visitorId },
  expiresAtMs,
  subject: visitorId,
  issuedAtSeconds,
});

const isOver = ({ expiresAtMs }: Admission): boolean => expiresAtMs !== null && Date.now() >= expiresAtMs + LEEWAY_MS;
