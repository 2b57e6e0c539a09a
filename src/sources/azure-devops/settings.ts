import { z } from 'zod';
import { isAddress } from '../setting-parts.ts';

const name = z.string().trim().min(1);
const globs = z.array(name);

/** dev.azure.com without the name of an organization answers with a page for people. */
function isOrganization(text: string): boolean {
  if (!isAddress(text)) return false;
  const { hostname, pathname } = new URL(text);
  return hostname !== 'dev.azure.com' || /^\/[^/]+\/?$/.test(pathname);
}

/** What belongs to a service; of each list that is given one glob has to match. */
const service = z.strictObject({
  /** Repositories, such as `Shop/web` or `Shop/*`. */
  repositories: globs.optional(),
  /** Environments or stages whose deployments are its own. */
  environments: globs.optional(),
  /** Labels of its pull requests, tags of its incidents. */
  labels: globs.optional(),
});

/** What the config says about one organization of Azure DevOps, or one collection of a server of your own. */
export const azureDevopsSettings = z.strictObject({
  host: z
    .string()
    .trim()
    .refine(
      isOrganization,
      'the address of the organization or collection, such as https://dev.azure.com/acme or https://tfs.acme.local/tfs/Main',
    )
    .transform((text) => text.replace(/\/+$/, '')),
  /** A personal access token with the scopes Work Items, Code, Build, Environment and Release, as far as they are read; or an access token of Entra ID. */
  token: z
    .string()
    .trim()
    .min(1)
    .refine((text) => !/[^\x21-\x7e]/.test(text), 'a token without blanks, line ends or accents'),
  /** What milestones are. */
  milestones: z
    .strictObject({
      /** Iterations that have iterations below them: a release with its sprints. */
      iterations: z.boolean().default(true),
      /** Types of work items that are milestones, by their target date, of all that is below them. */
      types: globs.default([]),
      /** Tags that name one, such as `release-*`. */
      tags: globs.default([]),
      /** A field that holds the name of one, such as `Custom.Release`. */
      field: name.optional(),
    })
    .prefault({}),
  /** The field with the points; the one of the process when left out. */
  points: name.optional(),
  /** Types of work items that are incidents of the service. */
  incidentTypes: globs.default([]),
  /** The service that all of it is: a name (that of the source when left out), or a map from names to what is theirs. */
  service: z.union([name, z.record(name, service)]).optional(),
  /** What a deployment is: a job that deployed to an environment, a stage of a classic release, or a run of some pipelines. */
  deployments: z.enum(['environments', 'releases', 'builds']).default('environments'),
  /** Environments or stages that reach users; production, prod and live when left out. */
  environments: globs.min(1).optional(),
  /** With `deployments: builds`, the pipelines that deploy. */
  pipelines: globs.min(1).optional(),
  /** What marks a change as an urgent repair. */
  hotfix: z
    .strictObject({ branches: globs.default(['hotfix/*', 'hotfix-*']), labels: globs.default(['hotfix']) })
    .prefault({}),
  /** Names (as people sign in) of automation. */
  bots: globs.default([]),
  /** False leaves pull requests, commits and deployments alone. */
  code: z.boolean().default(true),
  /** How far back pull requests, commits and deployments are read at first, in days. */
  codeDays: z.number().int().positive().default(365),
  /** Seconds to wait for an answer. */
  timeout: z.number().positive().max(600).default(60),
  /** Requests under way at once. */
  concurrency: z.number().int().min(1).max(10).default(5),
});

export type AzureDevopsSettings = z.infer<typeof azureDevopsSettings>;

/** `AB#12`, as Azure Boards calls its work items elsewhere. */
export const keyOf = (id: number): string => `AB#${id}`;

/** Where people look at a work item; null for a key of another tool. */
export function itemUrl({ host }: Pick<AzureDevopsSettings, 'host'>, key: string): string | null {
  const found = /^AB#([1-9]\d{0,9})$/.exec(key);
  return found ? `${host}/_workitems/edit/${found[1]}` : null;
}
