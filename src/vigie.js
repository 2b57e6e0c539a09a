#!/usr/bin/env -S node --max-semi-space-size=8
import module from 'node:module';

// The one file in JavaScript: to start from TypeScript loads what strips types, for this file alone, before the cache of
// stripped files can be turned on. That is 0.15 s and 16 MB of every command. Where the cache cannot be written, all
// files are stripped each time. It is also the one file that an older Node can read, to be told so.
const needed = '22.20';
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 20)) {
  process.stderr.write(
    `Vigie needs Node ${needed} or newer, found ${process.versions.node}. \`npm ci\` brings one: npm run --silent vigie -- …\n`,
  );
  process.exitCode = 2;
} else {
  // What people read has the zone of the config; the machine's own has none to tell, and node-cron sleeps for two hours in
  // it when its clocks go back.
  process.env.TZ = 'UTC';
  module.enableCompileCache();
  await import('./main.ts');
}
