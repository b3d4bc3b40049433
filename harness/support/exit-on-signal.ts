const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/** Ends the program with its `exit` listeners, which end by pid whatever it has started; a signal alone would skip them. */
export const exitOnSignal = (): void => {
  for (const [signal, code] of Object.entries(EXIT_CODES)) process.once(signal, () => process.exit(code));
};
