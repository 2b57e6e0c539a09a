import { showsThere } from '../../config/access.ts';
import type { AnyReport } from '../../core/reports/any-report.ts';
import type { JobContext } from '../context.ts';
import type { DigestTarget } from './digest-target.ts';

/**
 * A report without what its reader may not see. It is made for all readers alike, and may be kept: money is taken out
 * where the channel that reads it may not see it. Who asks on the command line sees all.
 */
export function forReader<Report extends AnyReport>(
  { config }: JobContext,
  { channel, readIn }: Pick<DigestTarget, 'channel' | 'readIn'>,
  report: Report,
): Report {
  const reader = readIn ?? channel;
  if (reader === null || showsThere(config, reader, 'cost')) return report;
  if (report.kind === 'project-digest') return { ...report, budget: null };
  if (report.kind === 'programme-digest')
    return { ...report, projects: report.projects.map((project) => ({ ...project, budget: null })) };
  return report;
}
