import { assess } from '../findings/assess.ts';
import type { AnswerInput } from './answer-input.ts';
import { aboutProject } from './answer-input.ts';
import { findingLine } from './finding-line.ts';
import { createRefs, listingOf } from './item-ref.ts';
import type { ProjectRisks } from './project-answers.ts';

const mostFindings = 12;

/** Everything that the rules find now, what matters most first. */
export function buildProjectRisks(input: AnswerInput): ProjectRisks {
  const { view, metrics, thresholds } = input;
  const refOf = createRefs(view, input.urlOf);
  const findings = assess({ view, metrics, previous: null, thresholds });
  return {
    kind: 'project-risks',
    ...aboutProject(input),
    findings: listingOf(
      findings.map((finding) => findingLine(finding, refOf)),
      mostFindings,
    ),
  };
}
