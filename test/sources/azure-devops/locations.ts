/** Where each resource is, as an organization tells it to whoever asks with OPTIONS. */
interface Location {
  readonly id: string;
  readonly area: string;
  readonly resourceName: string;
  readonly routeTemplate: string;
  readonly resourceVersion: number;
  readonly minVersion: string;
  readonly maxVersion: string;
  readonly releasedVersion: string;
}

const resources: readonly (readonly [id: string, area: string, resource: string, template: string])[] = [
  ['603fe2ac-9723-48b9-88ad-09305aa6c6e1', 'core', 'projects', '_apis/{resource}/{*projectId}'],
  ['7c8d7a76-4a09-43e8-b5df-bd792f4ac6aa', 'wit', 'workItemTypes', '{project}/_apis/{area}/{resource}/{type}'],
  [
    '9b9f5734-36c8-415e-ba67-f83b45c31408',
    'wit',
    'workItemTypeCategories',
    '{project}/_apis/{area}/{resource}/{category}',
  ],
  [
    '5a172953-1b41-49d3-840a-33f79c3ce89f',
    'wit',
    'classificationNodes',
    '{project}/_apis/{area}/{resource}/{structureGroup}/{*path}',
  ],
  ['1a9c53f7-f243-4447-b110-35ef023636e4', 'wit', 'wiql', '{project}/{team}/_apis/{area}/{resource}'],
  ['908509b6-4248-4475-a1cd-829139ba419f', 'wit', 'workItemsBatch', '{project}/_apis/{area}/{resource}'],
  ['f828fe59-dd87-495d-a17c-7a8d6211ca6c', 'wit', 'workItemRevisions', '{project}/_apis/{area}/reporting/{resource}'],
  ['b5b5b6d0-0308-40a1-b3f4-b9bb3c66878f', 'wit', 'workItemLinks', '{project}/_apis/{area}/reporting/{resource}'],
  ['6570bf97-d02c-4a91-8d93-3abe9895b1a9', 'wit', 'updates', '{project}/_apis/{area}/workItems/{id}/{resource}'],
  ['7799f497-3cb5-4f16-ad4f-5cd06012db64', 'work', 'backlogconfiguration', '{project}/{team}/_apis/{area}/{resource}'],
  ['225f7195-f9c7-4d14-ab28-a83f7ff77e1f', 'git', 'repositories', '{project}/_apis/{area}/{resource}/{repositoryId}'],
  ['a5d28130-9cd2-40fa-9f08-902e7daa9efb', 'git', 'pullRequests', '{project}/_apis/{area}/{resource}'],
  ['01a46dea-7d46-4d40-bc84-319e7c260d99', 'git', 'pullRequests', '{project}/_apis/{area}/{resource}/{pullRequestId}'],
  [
    'ab6e2e5d-a0b7-4153-b64a-a4efe0d49449',
    'git',
    'threads',
    '{project}/_apis/{area}/repositories/{repositoryId}/pullRequests/{pullRequestId}/{resource}',
  ],
  [
    '0a637fcc-5370-4ce8-b0e8-98091f5f9482',
    'git',
    'workitems',
    '{project}/_apis/{area}/repositories/{repositoryId}/pullRequests/{pullRequestId}/{resource}',
  ],
  [
    '6400dfb2-0bcb-462b-b992-5a57f8f1416c',
    'git',
    'commitsBatch',
    '{project}/_apis/{area}/repositories/{repositoryId}/{resource}',
  ],
  [
    'c2570c3b-5b3f-41b8-98bf-5407bfde8d58',
    'git',
    'commits',
    '{project}/_apis/{area}/repositories/{repositoryId}/{resource}/{commitId}',
  ],
  [
    'd5b216de-d8d5-4d32-ae76-51df755b16d3',
    'git',
    'stats',
    '{project}/_apis/{area}/repositories/{repositoryId}/{resource}/branches',
  ],
  ['b005ef73-cddc-448e-9ba2-5193bf36b19f', 'Release', 'deployments', '{project}/_apis/{area}/{resource}'],
];

export function locationsOf(area: string, version: string): readonly Location[] {
  return resources
    .filter(([, own]) => own.toLowerCase() === area.toLowerCase())
    .map(([id, own, resourceName, routeTemplate]) => ({
      id,
      area: own,
      resourceName,
      routeTemplate,
      resourceVersion: 3,
      minVersion: '1.0',
      maxVersion: version,
      releasedVersion: version,
    }));
}
