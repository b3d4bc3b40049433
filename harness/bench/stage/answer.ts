export interface Asked {
  readonly id: number;
  readonly question: unknown;
}

export interface Answered {
  readonly id: number;
  readonly answer?: unknown;
  readonly problem?: string;
}

const reply = (answered: Answered): void => void process.send?.(answered);

/** In a child process: answers what the process that steers asks, and ends with it. */
export const answerWith = (answerTo: (question: never) => Promise<unknown>): void => {
  process.on('message', ({ id, question }: Asked) => {
    answerTo(question as never).then(
      (answer) => reply({ id, answer }),
      (error: unknown) =>
        reply({ id, problem: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.once('disconnect', () => process.exit());
};
