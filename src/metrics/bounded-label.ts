/** As what everything is counted for which there is no room. */
const OTHER = 'other';

/**
 * Takes so many different values as they come, and `other` for all that come later: whatever a label is made of, the series
 * of its metric do not grow on, in this process or in Prometheus.
 */
export const boundedLabel = (most: number): ((value: string) => string) => {
  const known = new Set<string>();
  return (value) => {
    if (known.has(value)) return value;
    if (known.size >= most) return OTHER;
    known.add(value);
    return value;
  };
};
