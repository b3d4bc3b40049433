import type { Controls } from './controls.ts';

/** The controls of a fake in another process. */
export type RemoteControls = {
  readonly [Name in keyof Controls]: (...input: Parameters<Controls[Name]>) => Promise<ReturnType<Controls[Name]>>;
};

/** Takes the controls of the fake at that URL. Each @throws where it cannot be done. */
export const reachFakeStripe = (url: string): RemoteControls => {
  const call = async (name: string, input: unknown): Promise<unknown> => {
    const body = JSON.stringify(input ?? null);
    const response = await fetch(`${url}/_fake/${name}`, { method: 'POST', body });
    const { done, problem } = (await response.json()) as { readonly done?: unknown; readonly problem?: string };
    if (problem !== undefined) throw new Error(`The fake Stripe cannot do ${name}: ${problem}`);
    return done;
  };
  const get = (_: object, name: string | symbol) => (input: unknown) => call(String(name), input);
  return new Proxy({}, { get }) as RemoteControls;
};
