import { measureDeliveryFigures } from '../src/core/metrics/delivery/delivery-figures.ts';
import type { DeliveryHistory, Deployment, Incident, PullRequest } from '../src/core/model/delivery.ts';
import { createCalendar } from '../src/core/time/calendar.ts';
import { dayMs, hourMs } from '../src/core/time/instant.ts';
import { openZone } from '../src/core/time/zone.ts';
import { viewAsOf } from '../src/core/view/as-of.ts';
import { createRandom } from '../src/lib/random.ts';
import { endAt, makeBigHistory } from './big-history.ts';

/** Processor time of all delivery figures of one service: `node bench/delivery.ts [pull requests]`, half as many deployments. */
const requests = Number(process.argv[2] ?? 20_000);
const calendar = createCalendar({ zone: openZone('Europe/Paris') });

function makeService(count: number): DeliveryHistory {
  const random = createRandom(7);
  const step = (365 * dayMs) / count;
  const pullRequests = Array.from({ length: count }, (_, index): PullRequest => {
    const mergedAt = endAt - (count - index) * step;
    const firstCommitAt = mergedAt - Math.floor(random() * 72) * hourMs;
    return {
      id: `big#${index}`,
      title: `BIG-${index % 5_000} change`,
      branch: `big-${index}`,
      openedAt: firstCommitAt,
      firstCommitAt,
      firstReviewAt: index % 9 === 0 ? null : mergedAt,
      mergedAt,
      closedAt: mergedAt,
      mergeSha: `m${index}`,
      shas: [`c${index}a`, `c${index}b`],
      isBot: index % 20 === 0,
      isHotfix: index % 100 === 0,
      keys: [`BIG-${index % 5_000}`],
    };
  });
  const commits = pullRequests.flatMap(({ mergeSha, mergedAt, firstCommitAt, title, keys }, index) => {
    const before = index === 0 ? [] : [`m${index - 1}`];
    const own = (sha: string, parents: readonly string[]) => ({
      sha,
      parents,
      authoredAt: firstCommitAt!,
      committedAt: firstCommitAt!,
      subject: title,
      keys,
    });
    const [first, second] = [`c${index}a`, `c${index}b`];
    const merge = { ...own(mergeSha!, [...before, second]), committedAt: mergedAt! };
    return [own(first, before), own(second, [first]), merge];
  });
  const deployments = Array.from({ length: count / 2 }, (_, index): Deployment => ({
    id: `d${index}`,
    service: 'big',
    finishedAt: pullRequests[2 * index + 1]!.mergedAt! + hourMs,
    isSuccessful: index % 25 !== 0,
    isPlanned: true,
    remediates: null,
    sha: `m${2 * index + 1}`,
    version: null,
  }));
  const incidents = deployments
    .filter((_, index) => index % 12 === 0)
    .map(({ id, finishedAt }, index): Incident => ({
      id: `i${index}`,
      service: 'big',
      openedAt: finishedAt + hourMs,
      resolvedAt: finishedAt + 5 * hourMs,
      cause: index % 3 === 0 ? id : null,
    }));
  return { service: 'big', commits, pullRequests, deployments, incidents, hasIncidents: true };
}

const history = makeBigHistory(5_000, 7);
const settings = { ...history.settings, delivery: { source: 'ci', services: ['big'] } };
const view = viewAsOf({ ...history, settings, services: [makeService(requests)] }, endAt, calendar);
for (const round of ['first', 'second']) {
  const cpu = process.cpuUsage();
  const figures = measureDeliveryFigures(view);
  const { user, system } = process.cpuUsage(cpu);
  console.log(
    `${round}: ${requests} pull requests, ${requests / 2} deployments, ${figures.changeLeadTimeHours.n} changes in 90 days: ` +
      `${((user + system) / 1e6).toFixed(2)} s of processor time (sought: under 1 s for 20,000 and 10,000)`,
  );
}
