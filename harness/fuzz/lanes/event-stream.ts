/** The data of every whole `next` event. Source: the protocol of graphql-sse, in distinct connections mode. */
export const eventsIn = (stream: string): readonly string[] => {
  const whole = stream.slice(0, stream.lastIndexOf('\n\n'));
  return whole.split('\n\n').flatMap((event) => {
    const lines = event.split('\n');
    if (!lines.includes('event: next')) return [];
    return [lines.flatMap((line) => (line.startsWith('data: ') ? [line.slice(6)] : [])).join('\n')];
  });
};
