import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';

const READY = 'panier is running';
/** panier promises to be gone within five. */
const STOP_PATIENCE_MS = 15_000;

export interface PanierOptions {
  readonly name: string;
  readonly roles: readonly string[];
  /** The checkout of panier that it runs from. */
  readonly project: string;
  readonly logFile: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Where its GraphQL answers; null without a gateway. */
  readonly url: string | null;
  /** The program that starts it elsewhere, with its arguments; none starts it here. */
  readonly launcher?: readonly string[];
}

/** One process of panier, begun once and ended once. */
export class PanierProcess implements AsyncDisposable {
  readonly options: PanierOptions;
  /** Its end, if nobody caused it, after it had been running. */
  readonly crashes: string[] = [];
  readonly #child: ChildProcess;
  readonly #ready = Promise.withResolvers<void>();
  #hasBegun = false;
  #isMeantToEnd = false;

  constructor(options: PanierOptions) {
    this.options = options;
    const { roles, project, logFile, environment, launcher = [] } = options;
    const start = [process.execPath, 'src/cli/start.ts', '--roles', roles.join(',')];
    const [program = '', ...args] = [...launcher, ...start];
    const log = openSync(logFile, 'a');
    this.#child = spawn(program, args, {
      cwd: project,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', log],
    });
    closeSync(log);
    this.#child.stdout?.on('data', (chunk: Buffer) => chunk.includes(READY) && this.#begin());
    this.#child.once('exit', (code, signal) => this.#ended(code, signal));
    this.#ready.promise.catch(() => {});
  }

  get name(): string {
    return this.options.name;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** @throws with its last words when it ends before */
  untilReady(): Promise<void> {
    return this.#ready.promise;
  }

  /** Asks it to end; returns the milliseconds that it took. @throws when it has to be killed */
  async stop(): Promise<number> {
    this.#isMeantToEnd = true;
    if (!this.isRunning) return 0;
    const startedAt = performance.now();
    const ended = once(this.#child, 'exit');
    this.resume();
    this.#child.kill('SIGTERM');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), STOP_PATIENCE_MS);
    await ended;
    clearTimeout(timer);
    if (this.#child.signalCode === 'SIGKILL') throw new Error(`${this.name} did not end when it was asked to.`);
    return performance.now() - startedAt;
  }

  async kill(): Promise<void> {
    this.#isMeantToEnd = true;
    if (!this.isRunning) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }

  pause(): void {
    this.#child.kill('SIGSTOP');
  }

  resume(): void {
    this.#child.kill('SIGCONT');
  }

  /** The lines of its log that hold the text. */
  logged(text: string): readonly string[] {
    return this.#log.split('\n').filter((line) => line.includes(text));
  }

  /** For those who have no time left. */
  killForGood(): void {
    this.#child.kill('SIGKILL');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop().catch(() => {});
  }

  get #log(): string {
    return readFileSync(this.options.logFile, 'utf8');
  }

  #begin(): void {
    this.#hasBegun = true;
    this.#ready.resolve();
  }

  #ended(code: number | null, signal: NodeJS.Signals | null): void {
    const words = `${this.name} ended (${signal ?? `code ${code}`}): ${this.#log.trim().slice(-1_000)}`;
    if (this.#hasBegun && !this.#isMeantToEnd) this.crashes.push(words);
    this.#ready.reject(new Error(words));
  }
}
