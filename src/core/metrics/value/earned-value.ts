/** Money or any other weight, all in one unit. */
export interface EarnedValueInput {
  /** Budget at completion: the weight of the whole plan. */
  readonly bac: number;
  /** Planned value: what should be done by now. */
  readonly pv: number;
  /** Earned value: what is done. */
  readonly ev: number;
  /** Actual cost; null without a source of cost, which leaves every cost index unknown. */
  readonly ac: number | null;
  /** SPI(t) of the earned schedule; null where there is none. */
  readonly spiT?: number | null;
}

export interface EarnedValue {
  readonly sv: number;
  readonly cv: number | null;
  readonly spi: number | null;
  readonly cpi: number | null;
  /** Estimates at completion: what the remaining work costs at plan rate, at the rate so far, and so on. */
  readonly eac: {
    readonly budget: number | null;
    readonly cpi: number | null;
    readonly cpiSpi: number | null;
    readonly cpiSpiT: number | null;
    /** 80 % cost index, 20 % schedule index. */
    readonly weighted: number | null;
  };
  /** Both follow `eac.cpi`. */
  readonly etc: number | null;
  readonly vac: number | null;
  /** The efficiency that the rest would need: to keep the budget, or to meet `eac.cpi`. */
  readonly tcpi: { readonly bac: number | null; readonly eac: number | null };
}

const costWeight = 0.8;
const scheduleWeight = 0.2;

/**
 * Earned value management (metrics.md 1.3, vectors T1 and T2), in the unit of its input. A ratio whose denominator is 0
 * is null, and what needs it too. After the planned finish `sv` and `spi` say nothing of lateness: see earned-schedule.
 */
export function earnedValue({ bac, pv, ev, ac, spiT = null }: EarnedValueInput): EarnedValue {
  const spi = ratio(ev, pv);
  const cpi = ac === null ? null : ratio(ev, ac);
  const rest = bac - ev;
  /** What is spent, and the rest at this efficiency. */
  const atRate = (efficiency: number | null) =>
    ac === null || efficiency === null || efficiency === 0 ? null : ac + rest / efficiency;
  const both = (one: number | null, other: number | null, join: (one: number, other: number) => number) =>
    one === null || other === null ? null : join(one, other);
  const eacCpi = cpi === null || cpi === 0 ? null : bac / cpi;
  return {
    sv: ev - pv,
    cv: ac === null ? null : ev - ac,
    spi,
    cpi,
    eac: {
      budget: ac === null ? null : ac + rest,
      cpi: eacCpi,
      cpiSpi: atRate(both(cpi, spi, (one, other) => one * other)),
      cpiSpiT: atRate(both(cpi, spiT, (one, other) => one * other)),
      weighted: atRate(both(cpi, spi, (one, other) => costWeight * one + scheduleWeight * other)),
    },
    etc: both(eacCpi, ac, (eac, spent) => eac - spent),
    vac: eacCpi === null ? null : bac - eacCpi,
    tcpi: {
      // A budget that is spent cannot be kept by any efficiency; when all is done, none is needed (never -0).
      bac: ac === null || (bac <= ac && rest > 0) || bac === ac ? null : rest / (bac - ac) || 0,
      eac: ac === null || eacCpi === null || eacCpi <= ac ? null : rest / (eacCpi - ac),
    },
  };
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
