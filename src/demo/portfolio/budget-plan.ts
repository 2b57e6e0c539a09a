import type { Site } from './site.ts';

/** The money of one project: so many days ago its budget began. */
export const budgetPlan = { project: 'APO', days: 180, amount: 520_000 } as const;

const roles: Readonly<Record<string, readonly string[]>> = {
  engineering: ['Marta Lind', 'Yann Le Goff', 'Priya Raman', 'Tomas Novak', 'Ines Ferreira'],
  design: ['Jonas Weber', 'Aïcha Benali'],
};

/** Account ids by role. */
export function budgetTeam(site: Site): Readonly<Record<string, readonly string[]>> {
  const idOf = new Map([...site.people.values()].map(({ displayName, accountId }) => [displayName, accountId]));
  return Object.fromEntries(
    Object.entries(roles).map(([role, names]) => [role, names.flatMap((name) => idOf.get(name) ?? [])]),
  );
}
