import type { App } from '../app.ts';
import type { SourceRecord } from '../core/model/record.ts';
import type { Day } from '../core/time/day.ts';
import type { Site } from '../demo/portfolio/site.ts';
import { savePage } from '../store/save-page.ts';

/**
 * The demo plays a Vigie that has been on watch for two years: Jira keeps no history of version dates, so what its pulls
 * would have seen is stored as if they had, each value at the moment it was set.
 */
export async function rememberVersionDates({ db, config }: App, source: string, site: Site): Promise<void> {
  const versions = [...site.versions.values()].filter(({ projectKey }) => projectKey in config.projects);
  const sightings = versions.flatMap((version) => version.log.map((dates) => ({ version, dates })));
  for (const { version, dates } of sightings.sort((a, b) => a.dates.at - b.dates.at)) {
    const { id, name, projectKey } = version;
    const record: SourceRecord = {
      kind: 'version',
      scope: projectKey,
      version: {
        id,
        name,
        projectKey,
        startOn: dates.startDate as Day | null,
        releaseOn: dates.releaseDate as Day | null,
        isReleased: dates.isReleased,
        isArchived: dates.isArchived,
      },
    };
    await savePage(db, source, { records: [record], cursor: {} }, dates.at);
  }
  // The pull is still to come: it starts from nothing.
  await db.deleteFrom('cursor').where('source', '=', source).execute();
}
