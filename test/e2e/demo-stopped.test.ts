import { expect, it } from 'vitest';
import { spawnVigie } from './vigie-process.ts';

it('the demo ends at Ctrl-C while it pulls, and does not first make itself ready', async () => {
  const demo = spawnVigie(['demo', '--port', '0'], {});
  demo.child.stderr.on('data', () => {
    if (demo.stderr().includes('Pulling two years')) demo.child.kill('SIGINT');
  });
  const { code, stdout, stderr } = await demo.ended;
  expect([code, stdout]).toEqual([0, '']);
  expect(stderr).toMatch(/Pulling two years of four projects from the simulated Jira…\nStopping\.\n$/);
});
