/** What happened, in order: its digest always, its lines where they are wanted. */
export class Trace {
  readonly lines: string[] = [];
  readonly #keepsLines: boolean;
  #digest = 2_166_136_261;
  #steps = 0;

  constructor({ keepsLines }: { readonly keepsLines: boolean }) {
    this.#keepsLines = keepsLines;
  }

  add(nowMs: number, actor: string, what: string): void {
    this.#steps += 1;
    this.#mix(actor);
    this.#mix(what);
    if (this.#keepsLines) this.lines.push(`${nowMs.toFixed(2).padStart(10)}  ${actor.padEnd(10)}  ${what}`);
  }

  get steps(): number {
    return this.#steps;
  }

  /** The same for the same steps. */
  get digest(): string {
    return (this.#digest >>> 0).toString(16).padStart(8, '0');
  }

  #mix(text: string): void {
    for (let index = 0; index < text.length; index += 1) {
      this.#digest = Math.imul(this.#digest ^ text.charCodeAt(index), 16_777_619);
    }
  }
}
