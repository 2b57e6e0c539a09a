import { writeFileSync } from 'node:fs';

/**
 * Loaded before the program that is measured: at its end it writes what the operating system counted. In JavaScript,
 * since what strips types would be loaded for this file alone and count as the program's.
 */
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const usage = { cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMegabytes: maxRSS / 1024 };
  writeFileSync(process.env['USAGE_FILE'], JSON.stringify(usage));
});
