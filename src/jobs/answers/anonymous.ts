import { showsThere } from '../../config/access.ts';
import type { Config } from '../../config/load.ts';
import type { AlertCard, AlertLine } from '../../core/reports/alert-card.ts';

/**
 * Whether a channel may know who said what about a project: where it was said everybody has read it, elsewhere the config
 * has to allow it.
 */
export function mayKnowWho(config: Config, channel: string, project: string): boolean {
  return config.projects[project]?.channel === channel || showsThere(config, channel, 'people');
}

/** An alert without the names of those who answered it. */
export function anonymous(card: AlertCard, somebody: string): AlertCard {
  const hide = <Line extends AlertLine | null>(line: Line): Line =>
    line === null || line.by === null ? line : { ...line, by: somebody };
  return { ...card, answer: hide(card.answer), story: card.story.map(hide) };
}
