const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** What a clock that runs down shows: "14:32", "1:02:03". Never below zero. */
export const countdownText = (ms: number): string => {
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  const end = twoDigits(seconds % 60);
  return hours === 0 ? `${minutes}:${end}` : `${hours}:${twoDigits(minutes)}:${end}`;
};
