type OnFailure = (error: unknown) => void;

/**
 * A listener that can neither throw nor reject: what goes wrong in it is told to `onFailure`. Whatever is registered with
 * an emitter, a timer or a signal of Node's goes through here, for a throw in such a place is nobody's and would end the
 * process (ADR-035). `onFailure` itself must not throw.
 */
export const guarded =
  <Given extends readonly unknown[]>(listener: (...given: Given) => unknown, onFailure: OnFailure) =>
  (...given: Given): void => {
    try {
      const outcome = listener(...given);
      if (outcome instanceof Promise) outcome.catch(onFailure);
    } catch (error) {
      onFailure(error);
    }
  };

/** For an event that has to be listened to, lest it end the process, and that tells nothing new. */
export const ignored = (): void => undefined;
