import { z } from 'zod';
import { globs, hotfixSetting, isAddress, servicesSetting, tokenSetting } from '../setting-parts.ts';

const fieldNames = (...names: string[]) => z.array(z.string().trim().min(1)).default(names);

const repository = z
  .string()
  .trim()
  .regex(/^[\w.-]+\/[\w.-]+$/, 'a repository as owner/name');

/** A GitHub App instead of a person's token: it belongs to nobody who may leave, and has limits of its own. */
const app = z.strictObject({
  id: z.coerce.number().int().positive(),
  installation: z.coerce.number().int().positive(),
  /** In PEM, as it was downloaded; its line ends may be written as `\\n`, as files of environments want them. */
  privateKey: z
    .string()
    .trim()
    .includes('PRIVATE KEY', 'a private key in PEM')
    .transform((text) => text.replaceAll('\\n', '\n')),
});

/** What the config says about one GitHub: github.com, one with a host of its own at ghe.com, or an Enterprise Server. */
export const githubSettings = z
  .strictObject({
    host: z
      .string()
      .trim()
      .refine(isAddress, 'an address such as https://github.com or https://github.acme.com')
      .transform((text) => text.replace(/\/+$/, ''))
      .default('https://github.com'),
    /** A fine-grained or classic personal access token. */
    token: tokenSetting.optional(),
    app: app.optional(),
    /** Repositories whose code is read beside those of the scopes, for projects that are planned elsewhere. */
    repositories: z.array(repository).default([]),
    /** That of the source when left out. */
    service: servicesSetting.optional(),
    /** Environments whose deployments reach users; when left out production, prod and live. */
    environments: globs.min(1).optional(),
    /** What a deployment is: an entry of the repository's deployments, a release, or a run of one of `workflows`. */
    deployments: z.enum(['deployments', 'releases', 'workflows']).default('deployments'),
    /** Files of workflows that deploy, such as `deploy.yml`. */
    workflows: z.array(z.string().trim().min(1)).default([]),
    /** Labels that are a status of an open issue, from left to right, for those who keep no board. */
    statusLabels: globs.default([]),
    /** Fields of the board, by the names that teams give them; the first that is there counts. */
    fields: z
      .strictObject({
        status: fieldNames('Status'),
        iteration: fieldNames('Iteration', 'Sprint'),
        points: fieldNames('Points', 'Story Points', 'Story points', 'Estimate', 'Size'),
        startOn: fieldNames('Start date', 'Start'),
        dueOn: fieldNames('Target date', 'Due date', 'End date', 'Due'),
        priority: fieldNames('Priority'),
      })
      .prefault({}),
    /** Labels that make an issue an incident, beside issues of the type Incident. */
    incidentLabels: globs.default(['incident']),
    hotfix: hotfixSetting,
    /** Logins of automation, beside GitHub Apps and what is called a bot. */
    bots: z.array(z.string().trim().min(1)).default([]),
    /** False leaves pull requests, commits and deployments alone. */
    code: z.boolean().default(true),
    /** How far back pull requests, commits, deployments and releases are read at first, in days. */
    codeDays: z.number().int().positive().default(730),
    /** Seconds to wait for an answer. */
    timeout: z.number().positive().max(600).default(60),
    /** Requests under way at once; GitHub asks for few. */
    concurrency: z.number().int().min(1).max(10).default(3),
  })
  .refine(({ token, app: given }) => (token === undefined) !== (given === undefined), {
    path: ['token'],
    error: 'either `token` or `app`',
  })
  .refine(({ deployments, workflows }) => (deployments === 'workflows') === workflows.length > 0, {
    path: ['workflows'],
    error: 'names of workflow files, together with `deployments: workflows`',
  });

export type GithubSettings = z.infer<typeof githubSettings>;
