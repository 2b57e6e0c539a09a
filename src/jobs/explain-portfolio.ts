import { explainPortfolio } from '../core/explain/explain-portfolio.ts';
import type { PortfolioExplanation } from '../core/explain/explain-portfolio.ts';
import type { Instant } from '../core/time/instant.ts';
import type { Zone } from '../core/time/zone.ts';
import type { JobContext } from './context.ts';
import { targetFor } from './digest-target.ts';
import { digestSince, portfolioInput } from './make-digest.ts';

/** Where the numbers of the portfolio come from, or of one programme in it; null when none is called so. */
export async function explainWholePortfolio(
  context: JobContext,
  { asked, asOf, zone }: { readonly asked: string | null; readonly asOf: Instant; readonly zone?: Zone },
): Promise<PortfolioExplanation | null> {
  const usual = targetFor(context.config, 'portfolio-digest', 'portfolio');
  // Times are told where the reader is.
  const target = zone ? { ...usual, zone } : usual;
  const since = await digestSince(context, target, asOf);
  const { input } = await portfolioInput(context, { asOf, since, target, isToBePublished: false });
  return explainPortfolio(input, asked);
}
