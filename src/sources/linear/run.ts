import type { RunOf } from '../pulling/run.ts';
import type { LinearClient } from './client.ts';
import type { Place } from './cursor.ts';
import type { LinearSettings } from './settings.ts';

/** One workspace during one pull. */
export type Run = RunOf<LinearClient, LinearSettings, Place>;
