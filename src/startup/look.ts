import { byDeadline, deadlineIn, sharedAnswer } from '../platform/index.ts';

/** Whether something is there. */
export type Look = () => Promise<boolean>;

/** Who asks twice is told within 5 s, whatever does not answer. */
const ANSWER_MS = 2_000;
/** However often, and by whomever, it is asked for: a probe is a commit, and a look takes connections. */
const KEPT_MS = 500;

/** Whether the question is answered, and not by false, by a look of at most half a second ago; one that fails or takes long is not. */
export const look = (question: () => Promise<unknown>): Look => {
  // Beyond the deadline of who asks, it may still wait for a lock: no second one waits beside it.
  const asked = sharedAnswer(question, 0);
  return sharedAnswer(
    () =>
      byDeadline(asked(), deadlineIn(ANSWER_MS)).then(
        (answer) => answer !== false,
        () => false,
      ),
    KEPT_MS,
  );
};

export const allTrue = async (looks: readonly Look[]): Promise<boolean> =>
  (await Promise.all(looks.map((each) => each()))).every(Boolean);

const orRejected = async (each: Look): Promise<void> => {
  if (!(await each())) throw new Error('It is not there.');
};

/** As soon as one is true: another may be silent. */
export const anyTrue = (looks: readonly Look[]): Promise<boolean> =>
  Promise.any(looks.map(orRejected)).then(
    () => true,
    () => false,
  );
