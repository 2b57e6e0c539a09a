/** JSON with the names of the REST API. */
export interface Raw {
  [field: string]: unknown;
}

export const iso = (at: number): string => new Date(at).toISOString();

export const person = (name: string): Raw => ({
  displayName: name,
  id: `00000000-0000-4000-8000-${name.length.toString().padStart(12, '0')}`,
  uniqueName: `${name.toLowerCase()}@acme.test`,
  descriptor: `aad.${name}`,
});
