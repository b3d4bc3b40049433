const SECOND_MS = 1_000;
const MINUTE_SECONDS = 60;

/** Of so many milliseconds: `14:05`. */
export const clockOf = (ms: number): string => {
  const seconds = Math.max(0, Math.ceil(ms / SECOND_MS));
  const rest = String(seconds % MINUTE_SECONDS).padStart(2, '0');
  return `${Math.floor(seconds / MINUTE_SECONDS)}:${rest}`;
};
