import { azureDevops } from './azure-devops/index.ts';
import { events } from './events/index.ts';
import { eventsFile } from './events-file/index.ts';
import { git } from './git/index.ts';
import { github } from './github/index.ts';
import { gitlab } from './gitlab/index.ts';
import { jira } from './jira/index.ts';
import { jiraExport } from './jira-export/index.ts';
import { linear } from './linear/index.ts';
import type { SourceKind } from './source.ts';

const kinds: readonly SourceKind[] = [jira, jiraExport, github, gitlab, linear, azureDevops, git, eventsFile, events];

/** Every kind of source that a config may name: one line each. */
export const sourceKinds: Readonly<Record<string, SourceKind>> = Object.fromEntries(
  kinds.map((kind) => [kind.kind, kind]),
);
