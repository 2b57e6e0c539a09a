/** Reason codes that hold for an item, with the weight of each in log odds, 0 or more: no code may lower a risk. */
export type Reasons = Readonly<Record<string, number>>;

export interface ItemRisk {
  /** Chance of being late, 0 to 1. */
  readonly probability: number;
  /** What each code adds to it, as a part of 1. */
  readonly contributions: Readonly<Record<string, number>>;
}

/** Time alone never makes certain: beyond these the codes could move nothing. */
const leastTime = 0.02;
const mostTime = 0.98;

/**
 * The additive score of an item (metrics.md 4.3, vector T26): the log odds that time gives, and the weights of the codes
 * on top. A code's contribution is what would be missing without it; since odds do not add up like chances, the
 * contributions need not sum to the whole.
 */
export function itemRisk(timeProbability: number, reasons: Reasons): ItemRisk {
  const base = logit(Math.min(mostTime, Math.max(leastTime, timeProbability)));
  const codes = Object.keys(reasons);
  const sumWithout = (left: string | null) =>
    codes.reduce((sum, code) => (code === left ? sum : sum + reasons[code]!), base);
  const probability = logistic(sumWithout(null));
  return {
    probability,
    contributions: Object.fromEntries(codes.map((code) => [code, probability - logistic(sumWithout(code))])),
  };
}

/** Log odds; infinite for 0 and 1. */
export function logit(probability: number): number {
  return Math.log(probability / (1 - probability));
}

/** The chance of such log odds, 0 to 1. */
export function logistic(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}
