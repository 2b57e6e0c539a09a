import { z } from 'zod';

/** What the config says about one repository. */
export const gitSettings = z.strictObject({
  /** A clone, or a folder with commits.tsv and tags.tsv; relative to the working directory. */
  path: z.string().min(1),
  /** Which tags are releases: a glob with * and ?; all of them when left out. */
  tags: z.string().min(1).default('*'),
  /** The service that is released; the name of the source when left out. */
  service: z.string().min(1).optional(),
});

export type GitSettings = z.infer<typeof gitSettings>;
