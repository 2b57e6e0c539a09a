import { fitPace } from '../src/core/metrics/forecast/pace.ts';
import { chanceByDay, whenDays } from '../src/core/metrics/forecast/when.ts';
import { createCalendar } from '../src/core/time/calendar.ts';
import { addDays, parseDay } from '../src/core/time/day.ts';
import { openZone } from '../src/core/time/zone.ts';
import { createRandom } from '../src/lib/random.ts';

const made = 200;

/** Mean processor time of a forecast: the pace of 104 weeks, the days of three chances, and the chance of a date. */
export function timeForecast(): { readonly ms: number; readonly made: number } {
  const grid = { from: parseDay('2026-11-23')!, calendar: createCalendar({ zone: openZone('Europe/Paris') }) };
  const random = createRandom(7);
  const weekly = Array.from({ length: 104 }, () => Math.floor(random() * 9));
  const forecast = (items: number) => {
    const pace = fitPace({ weekly, priorPace: 5 });
    whenDays(pace, items, [0.5, 0.85, 0.95], grid);
    chanceByDay(pace, items, addDays(grid.from, 60), grid);
  };
  // The first ones are slow until the code is warm: they are part of what a report pays, and of the mean.
  const cpu = process.cpuUsage();
  for (let index = 0; index < made; index += 1) forecast(1 + ((index * 7) % 120));
  const { user, system } = process.cpuUsage(cpu);
  return { ms: (user + system) / 1000 / made, made };
}
