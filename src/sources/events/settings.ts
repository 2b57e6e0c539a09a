import { z } from 'zod';

/** Where users are, by the names that pipelines give it; what runs elsewhere fails nobody. */
const production = ['production', 'prod', 'live'];

/** What the config says about one door for events of pipelines. */
export const eventsSettings = z
  .strictObject({
    /** Whose webhooks come in; `generic` is our own JSON and CDEvents, from any pipeline. */
    from: z.enum(['generic', 'github', 'gitlab', 'jira']).default('generic'),
    /** Signs the body (GitHub, Jira, generic), body and time (GitLab, generic), or comes as a token (GitLab, generic). */
    secret: z.string().trim().min(16, 'a secret of at least 16 characters'),
    /** The service of events that name none; the name of the source when left out. */
    service: z.string().min(1).optional(),
    environments: z.array(z.string().min(1)).min(1).default(production),
    /** A source that is asked instead: an event then only says that there is something new. */
    hints: z.string().min(1).optional(),
  })
  .refine(({ from, hints }) => from !== 'jira' || hints !== undefined, {
    path: ['hints'],
    error: 'the name of the Jira source that is asked when a webhook comes',
  });
export type EventsSettings = z.infer<typeof eventsSettings>;
