import { explainPortfolio } from '../core/explain/explain-portfolio.ts';
import type { PortfolioExplanation } from '../core/explain/explain-portfolio.ts';
import type { Instant } from '../core/time/instant.ts';
import type { JobContext } from './context.ts';
import { targetFor } from './digest-target.ts';
import { digestSince, portfolioInput } from './make-digest.ts';

/** Where the numbers of the portfolio come from, or of one programme in it; null when none is called so. */
export async function explainWholePortfolio(
  context: JobContext,
  { asked, asOf }: { readonly asked: string | null; readonly asOf: Instant },
): Promise<PortfolioExplanation | null> {
  const target = targetFor(context.config, 'portfolio-digest', 'portfolio');
  const since = await digestSince(context, target, asOf);
  const { input } = await portfolioInput(context, { asOf, since, target, isToBePublished: false });
  return explainPortfolio(input, asked);
}
