// Loaded into the panier that is tried, before it: tells over IPC what it holds once the garbage is collected.
process.on('message', () => {
  for (let round = 0; round < 3; round += 1) globalThis.gc?.();
  const { heapUsed, rss, external } = process.memoryUsage();
  process.send?.({ heapUsed, rss, external });
});
process.channel?.unref();
