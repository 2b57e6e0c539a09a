import type { Site } from './site.ts';

/** How a project of the demo stands, as its story was written; the figures have to find it out by themselves. */
export type Story = 'on-track' | 'at-risk' | 'late' | 'recovering' | 'plain';

interface PortfolioProject {
  readonly key: string;
  readonly name: string;
  readonly boardId: number;
  readonly story: Story;
}

/** What the demo shows: a Jira site, and how its projects belong together. */
export interface Portfolio {
  readonly site: Site;
  readonly zone: string;
  readonly projects: readonly PortfolioProject[];
  readonly programmes: readonly { readonly id: string; readonly name: string; readonly projects: readonly string[] }[];
  /** The project whose team logs its time, and what that may cost; left out where nobody says. */
  readonly budget?: {
    readonly project: string;
    readonly from: string;
    readonly amount: number;
    readonly team: Readonly<Record<string, readonly string[]>>;
  };
  /** Days without work, `YYYY-MM-DD`, for the calendar of the config. */
  readonly holidays: readonly string[];
}
