/** A machine of its own, as far as its network goes. */
export interface Host extends AsyncDisposable {
  readonly name: string;
  /** What it listens on. */
  readonly address: string;
  /** What starts a program on it. */
  readonly launcher: readonly string[];
  /** Where it finds the servers. */
  readonly environment: Readonly<Record<string, string>>;
  /** How others reach what answers there at that URL. */
  readonly reach: (url: string) => Promise<string>;
  /** From now on nothing gets in or out, and nobody is told. */
  readonly cutOff: () => void;
  readonly rejoin: () => void;
}
