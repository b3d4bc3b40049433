/** With `retry-after`, in seconds: long enough for a crowd that was cut off together to come back one after the other. */
export const FULL_HEADERS = { 'retry-after': '5' } as const;

export const fullOf = (what: string, limit: number): string =>
  `This process serves as many ${what} as it may (${limit}): try again in a few seconds.`;
