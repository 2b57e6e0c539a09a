import { globs, hotfixSetting, isAddress, servicesSetting, tokenSetting } from '../setting-parts.ts';
import { z } from 'zod';

const address = 'an address such as https://gitlab.com or https://git.acme.local:8443/gitlab';

/** What the config says about one GitLab: gitlab.com, or one of your own by its `host`. */
export const gitlabSettings = z.strictObject({
  host: z
    .string()
    .trim()
    .refine(isAddress, address)
    .transform((text) => text.replace(/\/+$/, ''))
    .default('https://gitlab.com'),
  /** A personal, project or group access token with the scope `read_api`. */
  token: tokenSetting,
  /** Projects or small groups whose code is read beside those of the scopes, for what is planned elsewhere. */
  repositories: z.array(z.string().trim().min(1)).default([]),
  /** That of the source when left out. */
  service: servicesSetting.optional(),
  /** Environments whose deployments reach users; when left out those of tier production, and production, prod and live. */
  environments: globs.min(1).optional(),
  /** What a deployment is: an entry of the project's deployments, or a release for those who deploy elsewhere. */
  deployments: z.enum(['deployments', 'releases']).default('deployments'),
  /** Labels that are a status of an open issue, from left to right, such as `workflow::*`; those of the scope's board join them. */
  statusLabels: globs.default([]),
  /** Labels that make an issue an incident, beside issues of type incident. */
  incidentLabels: globs.default([]),
  hotfix: hotfixSetting,
  /** User names of automation, beside those that look like it. */
  bots: z.array(z.string().trim().min(1)).default([]),
  /** False leaves merge requests, commits and deployments alone. */
  code: z.boolean().default(true),
  /** How far back merge requests, commits, deployments and releases are read at first, in days. */
  codeDays: z.number().int().positive().default(730),
  /** Seconds to wait for an answer. */
  timeout: z.number().positive().max(600).default(60),
  /** Requests under way at once. */
  concurrency: z.number().int().min(1).max(10).default(5),
});

export type GitlabSettings = z.infer<typeof gitlabSettings>;
