import type { Json } from './column-types.ts';

/** A channel as it was last seen. */
export interface ChannelTable {
  id: string;
  name: string;
  traits: Json;
  standing: string;
  seen_at: number;
}

/** What is wrong until somebody mends it. */
export interface TroubleTable {
  subject: string;
  code: string;
  since: number;
  detail: Json;
  /** Ids of the messages that tell it. */
  told: Json;
}

/** What other projects may wait for. */
export interface PlanTable {
  project: string;
  made_at: number;
  body: Json;
}

/** An item outside a project that the project's figures are made from. */
export interface NeighbourTable {
  project: string;
  key: string;
}

/** Moves with each alert that opens in a channel: who saw another one may not open. */
export interface AlertTurnTable {
  channel: string;
  version: number;
}

/** A workspace that has installed the app. */
export interface InstallationTable {
  team: string;
  name: string;
  installed_at: number;
  /** JSON, or that sealed. */
  body: string;
  /** Until when a process may renew its tokens. */
  lease_until: number;
}

/** The workspace that a channel was heard of in. */
export interface ChannelTeamTable {
  channel: string;
  team: string;
}
