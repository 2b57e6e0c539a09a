import type { Figures } from './figures.ts';

/** Figures that tell of money: not every audience may see them. A figure that is made from cost belongs here, too. */
export const costFigures: ReadonlySet<string> = new Set<keyof Figures>(['cpi']);
