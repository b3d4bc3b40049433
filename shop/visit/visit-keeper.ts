/** Who the shop's customer is to panier, and which cart is theirs. */
export interface Visit {
  readonly visitorId: string;
  readonly token: string;
  readonly cartId: string | null;
}

export type NewVisit = Omit<Visit, 'cartId'>;

export interface VisitState {
  readonly visit: Visit | null;
  /** Whether panier did not take the visit that was kept, so that another one began while the page was open. */
  readonly isReplaced: boolean;
}

type Kept = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Lets one tab at a time do something: two tabs that open together are one visit. */
export type OneAtATime = <Result>(work: () => Promise<Result>) => Promise<Result>;

export interface VisitParts {
  readonly kept: Kept;
  readonly start: () => Promise<NewVisit>;
  readonly oneAtATime: OneAtATime;
}

const KEPT_UNDER = 'panier.shop.visit';

const isVisit = (given: unknown): given is Visit =>
  typeof given === 'object' && given !== null && 'token' in given && 'visitorId' in given && 'cartId' in given;

const parsed = (text: string | null): Visit | null => {
  if (text === null) return null;
  try {
    const given: unknown = JSON.parse(text);
    return isVisit(given) ? given : null;
  } catch {
    // Whoever wrote that, it is no visit: a new one begins.
    return null;
  }
};

/** Keeps the visit where all tabs of the browser find it, begins one where there is none, and another one when it is refused. */
export class VisitKeeper {
  readonly #parts: VisitParts;
  readonly #told = new Set<() => void>();
  #state: VisitState;
  #beginning: Promise<Visit> | null = null;

  constructor(parts: VisitParts) {
    this.#parts = parts;
    this.#state = { visit: this.#read(), isReplaced: false };
  }

  readonly state = (): VisitState => this.#state;

  readonly subscribe = (tell: () => void): (() => void) => {
    this.#told.add(tell);
    return () => void this.#told.delete(tell);
  };

  /** The token to show. @throws when no visit can be started */
  readonly token = async (): Promise<string> => (this.#read() ?? (await this.#begun())).token;

  /** Told that panier does not take this token: another visit takes its place, unless one has already. */
  readonly refused = async (token: string): Promise<void> => {
    if (this.#read()?.token === token) {
      this.#parts.kept.removeItem(KEPT_UNDER);
      this.#become({ visit: null, isReplaced: true });
    }
    await this.#begun();
  };

  /** The cart of this visit from now on, in all tabs. */
  keepCart(cartId: string): void {
    const visit = this.#read();
    if (visit === null || visit.cartId === cartId) return;
    this.#keep({ ...visit, cartId });
  }

  /** Told that another tab may have changed what is kept. */
  readonly look = (): void => {
    const visit = this.#read();
    if (JSON.stringify(visit) !== JSON.stringify(this.#state.visit)) this.#become({ ...this.#state, visit });
  };

  readonly acknowledge = (): void => this.#become({ ...this.#state, isReplaced: false });

  #begun(): Promise<Visit> {
    this.#beginning ??= this.#parts
      .oneAtATime(async () => this.#read() ?? this.#keep({ ...(await this.#parts.start()), cartId: null }))
      .finally(() => {
        this.#beginning = null;
      });
    return this.#beginning;
  }

  #read(): Visit | null {
    return parsed(this.#parts.kept.getItem(KEPT_UNDER));
  }

  #keep(visit: Visit): Visit {
    this.#parts.kept.setItem(KEPT_UNDER, JSON.stringify(visit));
    this.#become({ ...this.#state, visit });
    return visit;
  }

  #become(state: VisitState): void {
    this.#state = state;
    for (const tell of this.#told) tell();
  }
}
