const AGAIN_MS = 2_000;

/** Asks, and again each two seconds until it is answered. Answers with what ends that. */
export const untilAnswered = <Answer>(ask: () => Promise<Answer>, onAnswer: (answer: Answer) => void): (() => void) => {
  const ended = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const turn = async (): Promise<void> => {
    try {
      const answer = await ask();
      if (!ended.signal.aborted) onAnswer(answer);
    } catch {
      if (!ended.signal.aborted) timer = setTimeout(() => void turn(), AGAIN_MS);
    }
  };
  void turn();
  return () => {
    ended.abort();
    clearTimeout(timer);
  };
};
