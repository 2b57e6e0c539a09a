import { z } from 'zod';

/** Where users are, by the names that pipelines give it; what runs elsewhere fails nobody. */
const production = ['production', 'prod', 'live'];

/** What the config says about one file of events. */
export const eventsFileSettings = z.strictObject({
  /** Relative to the working directory. */
  path: z
    .string()
    .refine((path) => formatOf(path) !== null, 'a file called *.jsonl, *.ndjson or *.csv, or one of these with .gz'),
  /** The service of events that name none; the name of the source when left out. */
  service: z.string().min(1).optional(),
  /** Environments whose events count, whatever their case; an event that names none counts. */
  environments: z.array(z.string().min(1)).min(1).default(production),
});

export type EventsFileSettings = z.infer<typeof eventsFileSettings>;

export function formatOf(path: string): 'json-lines' | 'csv' | null {
  if (/\.(jsonl|ndjson)(\.gz)?$/i.test(path)) return 'json-lines';
  return /\.csv(\.gz)?$/i.test(path) ? 'csv' : null;
}
