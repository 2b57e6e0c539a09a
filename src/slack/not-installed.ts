/** A workspace that has not installed the app, or no longer. */
export class NotInstalled extends Error {
  readonly team: string | null;
  constructor(team: string | null) {
    super(team === null ? 'the app is installed in no workspace' : `the app is not installed in the workspace ${team}`);
    this.team = team;
  }
}
