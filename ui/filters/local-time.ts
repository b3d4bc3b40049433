const pad = (value: number): string => String(value).padStart(2, '0');

/** As a field for a date and a time has it, in the browser's zone: `2026-01-31T09:30`. Empty for what is no instant. */
export const localOf = (instant: string): string => {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return '';
  const day = `${String(at.getFullYear()).padStart(4, '0')}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
  return `${day}T${pad(at.getHours())}:${pad(at.getMinutes())}`;
};

/** RFC 3339, in UTC. Empty for what is no date and time. */
export const instantOf = (local: string): string => {
  const at = new Date(local);
  return Number.isNaN(at.getTime()) ? '' : at.toISOString();
};
