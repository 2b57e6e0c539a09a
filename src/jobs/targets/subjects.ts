import type { Config } from '../../config/load.ts';
import { digestKinds, isOfProject, subjectsOf } from './digest-target.ts';
import type { DigestKind } from './digest-target.ts';
import { isVisible } from './all-targets.ts';

/** The name of a project or programme; empty for a report over all of them. */
export function nameOfSubject(config: Config, report: string, subject: string): string {
  if (report === 'portfolio-digest') return '';
  if (report === 'programme-digest') return config.programmes[subject]?.name ?? subject;
  return config.projects[subject]?.name ?? subject;
}

export interface Topic {
  readonly report: DigestKind;
  readonly subject: string;
}

/** What a channel may be told regularly. */
export function topicsFor(config: Config, channel: string): readonly Topic[] {
  return digestKinds
    .flatMap((report) =>
      subjectsOf(config, report)
        .filter((subject) => isVisible(config, report, { subject, channel }))
        .map((subject) => ({ report, subject })),
    )
    .sort((a, b) => Number(isOfProject(b.report)) - Number(isOfProject(a.report)));
}
