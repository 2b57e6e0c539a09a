import { describeSource } from '../contract.ts';
import { jiraRig } from './jira-rig.ts';

describeSource('Jira Cloud with large pages', () => jiraRig(230, { largePages: true }));
describeSource('Jira Cloud that refuses large pages, behind a gateway', () =>
  jiraRig(130, { prefix: '/ex/jira/0000' }),
);
describeSource('Jira Data Center under a context path', () => jiraRig(130, { mode: 'data-center', prefix: '/jira' }));
