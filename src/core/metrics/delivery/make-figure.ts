import type { Figure } from '../figure.ts';

/** Makes a figure over the window of a service; what `more` does not say is that of its deployments. */
export type MakeFigure = (value: number | null, unit: string, more?: Partial<Figure>) => Figure;
