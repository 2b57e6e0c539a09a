import { scale } from '../src/demo/portfolio/scale.ts';
import { startJira } from '../src/demo/jira/start-jira.ts';

/** A simulated Jira in a process of its own, so that its memory is not counted with ours. Counts on request. */
const [items, pages] = process.argv.slice(2);
const server = await startJira({
  portfolio: scale(Number(items), Date.now()),
  mode: 'cloud',
  largePages: pages === 'large',
});
process.send!({ url: server.url, ...server.credentials });
process.on('message', () => {
  process.send!({ requests: server.requests.length, violations: server.violations });
  server.requests.length = 0;
});
process.on('disconnect', () => process.exit(0));
