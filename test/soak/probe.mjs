import process from 'node:process';

/* Loaded into the proxy: answers every message with what the process holds after a garbage collection. */
process.on('message', () => {
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, rss } = process.memoryUsage();
  const resources = process.getActiveResourcesInfo();
  const count = (name) => resources.filter((resource) => resource === name).length;
  process.send({
    heapBytes: heapUsed,
    rssBytes: rss,
    sockets: count('TCPSocketWrap'),
    timers: count('Timeout'),
  });
});
process.channel.unref();
