import { explainPortfolio } from '../../core/explain/explain-portfolio.ts';
import type { PortfolioExplanation } from '../../core/explain/explain-portfolio.ts';
import type { ProjectId } from '../../core/model/ids.ts';
import type { Instant } from '../../core/time/instant.ts';
import type { Zone } from '../../core/time/zone.ts';
import type { JobContext } from '../context.ts';
import { targetFor } from '../targets/digest-target.ts';
import { portfolioInput } from './make-digest.ts';
import { digestSince } from './digest-since.ts';

export interface PortfolioQuestion {
  readonly asked: string | null;
  readonly asOf: Instant;
  /** Where the reader is; where the portfolio is told without it. */
  readonly reader?: Zone;
  /** The projects that it is of; all of them when left out. */
  readonly only?: readonly ProjectId[];
  /** What was made ahead of being asked for will do. */
  readonly isNow?: boolean;
}

/** Where the numbers of the portfolio come from, or of one programme in it; null when none is called so. */
export async function explainWholePortfolio(
  context: JobContext,
  { asked, asOf, reader, only, isNow = false }: PortfolioQuestion,
): Promise<PortfolioExplanation | null> {
  const usual = targetFor(context.config, 'portfolio-digest', 'portfolio');
  const target = { ...usual, ...(reader ? { reader } : {}), ...(only ? { only } : {}) };
  const since = await digestSince(context, target, asOf);
  const { input } = await portfolioInput(context, { asOf, since, target, isToBePublished: false, isNow });
  return explainPortfolio(input, asked);
}
