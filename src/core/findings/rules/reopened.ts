import { createFinding } from '../create-finding.ts';
import type { Rule } from '../rule.ts';

/** Done once and open again since the last report; says for the how-manieth time. */
export const findReopened: Rule = ({ view, previous }) => {
  if (!previous) return [];
  return view.counted
    .flatMap((item) => {
      const reopenings = item.doneSpans.flatMap(({ until }) => (until === null ? [] : [until]));
      const latest = reopenings.at(-1);
      if (latest === undefined || latest <= previous.asOf || item.isDone) return [];
      return [{ item, latest, times: reopenings.length }];
    })
    .sort((a, b) => b.times - a.times || b.latest - a.latest)
    .map(({ item, latest, times }) =>
      createFinding({
        rule: 'REOPENED',
        severity: times > 1 ? 'medium' : 'low',
        subject: item.key,
        facts: { times, reopenedOn: view.calendar.zone.dayAt(latest) },
        evidence: [item.key],
      }),
    );
};
