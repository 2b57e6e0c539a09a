import { earnedValue } from '../metrics/value/earned-value.ts';
import type { EarnedValueInput } from '../metrics/value/earned-value.ts';

/** `calc evm`: earned value management (metrics.md 1.3). */
export function calcEvm(question: EarnedValueInput) {
  return earnedValue(question);
}
