import { z } from 'zod';

/** Scheme, host, port and path prefix; no user, query or fragment, which would end in requests and logs. */
export function isAddress(text: string): boolean {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return false;
  const { username, password, search, hash, hostname } = new URL(text);
  return hostname !== '' && !username && !password && !search && !hash;
}

export const globs = z.array(z.string().trim().min(1));

/** What belongs to a service; of each list that is given one glob has to match. */
const service = z.strictObject({
  /** Paths of repositories, such as `shop/*`. */
  projects: globs.optional(),
  /** Environments whose deployments are its own, such as `api/production`. */
  environments: globs.optional(),
  /** Labels of its merge requests and incidents; one that no service claims by a label counts for each of them. */
  labels: globs.optional(),
});

/** The service that all of a source is: a name, or for a monorepo a map from names to what is theirs. */
export const servicesSetting = z.union([z.string().trim().min(1), z.record(z.string().trim().min(1), service)]);

/** A token as people paste it. */
export const tokenSetting = z
  .string()
  .trim()
  .min(1)
  .refine((text) => !/[^\x21-\x7e]/.test(text), 'a token without blanks, line ends or accents');

/** What marks a change as an urgent repair. */
export const hotfixSetting = z
  .strictObject({ branches: globs.default(['hotfix/*', 'hotfix-*']), labels: globs.default(['hotfix']) })
  .prefault({});

export type ServicesSetting = z.infer<typeof servicesSetting>;
