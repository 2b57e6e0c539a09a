import { viewAsOf } from '../src/core/view/as-of.ts';
import { measure } from '../src/core/metrics/measure.ts';
import { createCalendar } from '../src/core/time/calendar.ts';
import { openZone } from '../src/core/time/zone.ts';
import { endAt, makeBigHistory } from './big-history.ts';

/** Time and memory of all figures of one big project, without a database: `node bench/measure.ts [items] [seed]`. */
const itemCount = Number(process.argv[2] ?? 10_000);
const history = makeBigHistory(itemCount, Number(process.argv[3] ?? 7));
const changeCount = history.items.reduce((sum, { changes }) => sum + changes.length, 0);
const calendar = createCalendar({ zone: openZone('Europe/Paris') });
const before = process.memoryUsage().rss;
for (const round of ['first', 'second']) {
  const cpu = process.cpuUsage();
  const view = viewAsOf(history, endAt, calendar);
  const viewCpu = process.cpuUsage(cpu);
  const metrics = measure(view);
  const allCpu = process.cpuUsage(cpu);
  const ms = ({ user, system }: NodeJS.CpuUsage) => Math.round((user + system) / 1000);
  const open = metrics.milestones.filter(({ state }) => state === 'open').length;
  console.log(
    `${round}: ${itemCount} items, ${changeCount} changes, ${metrics.milestones.length} milestones (${open} open), ` +
      `${metrics.sprints.length} sprints: view ${ms(viewCpu)} ms, all ${ms(allCpu)} ms CPU, ` +
      `+${Math.round((process.memoryUsage().rss - before) / 2 ** 20)} MB`,
  );
}
