import type { Progress } from '../sources/source.ts';

const width = 24;
const number = new Intl.NumberFormat('en');

/** `history [#####-----] 4,200 of 10,000 · 320/s · 18 s left`; without a total, what is known. */
export function progressBar({ step, done, total }: Progress, elapsedMs: number): string {
  const rate = elapsedMs > 0 ? (done * 1000) / elapsedMs : 0;
  const speed = rate >= 10 ? number.format(Math.round(rate)) : rate.toFixed(1);
  if (total === null || total === 0) return `${step} ${number.format(done)} · ${speed}/s`;
  const filled = Math.min(width, Math.round((done / total) * width));
  const bar = '#'.repeat(filled) + '-'.repeat(width - filled);
  const left = rate > 0 && done < total ? ` · ${duration((total - done) / rate)} left` : '';
  return `${step} [${bar}] ${number.format(done)} of ${number.format(total)} · ${speed}/s${left}`;
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
