import type { Site } from '../portfolio/site.ts';
import { fieldList } from './field-list.ts';
import type { Mode } from './field-list.ts';
import { createHistoryPresenter } from './present-history.ts';
import { createIssuePresenter } from './present-issue.ts';
import { createPlanPresenter } from './present-plan.ts';

/** Turns what the site holds into the JSON that Jira answers with; one for each running server. */
export function createPresenter(site: Site, mode: Mode, baseUrl: () => string) {
  const plan = createPlanPresenter(site, mode, baseUrl);
  const issue = createIssuePresenter(site, mode, plan);
  return { ...plan, issue, ...createHistoryPresenter(site, mode, plan), fieldList: () => fieldList(mode) };
}

export type Presenter = ReturnType<typeof createPresenter>;
