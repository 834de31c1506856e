import process from 'node:process';

const KILOBYTE = 1024;
const US_PER_MS = 1_000;
const TURN_MS = 10;

/** Measures processor time, because elapsed time includes other programs on the machine. */
let longestTurnMs = 0;
let before = process.threadCpuUsage();
const lookAtTurn = () => {
  const { user, system } = process.threadCpuUsage(before);
  before = process.threadCpuUsage();
  longestTurnMs = Math.max(longestTurnMs, (user + system) / US_PER_MS);
};
setInterval(lookAtTurn, TURN_MS).unref();

/**
 * Loaded into the proxy. It answers every message with the resources of the process after a garbage collection.
 */
process.on('message', () => {
  const { maxRSS } = process.resourceUsage();
  const longest = longestTurnMs;
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, rss } = process.memoryUsage();
  const resources = process.getActiveResourcesInfo();
  const count = (name) => resources.filter((resource) => resource === name).length;
  process.send({
    heapBytes: heapUsed,
    rssBytes: rss,
    peakRssBytes: maxRSS * KILOBYTE,
    longestTurnMs: longest,
    sockets: count('TCPSocketWrap'),
    timers: count('Timeout'),
  });
  longestTurnMs = 0;
  before = process.threadCpuUsage();
});
process.channel.unref();
