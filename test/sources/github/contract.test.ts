import { describeSource } from '../contract.ts';
import { githubRig, shopScope } from './github-rig.ts';

describeSource('GitHub with a board', () => githubRig({ count: 47 }));
describeSource('GitHub without a board, released by tags, that limits with 429', () =>
  githubRig({
    count: 44,
    scopes: [{ ...shopScope, board: null }],
    settings: { deployments: 'releases' },
    refusal: { kind: 'refuse', status: 429, headers: { 'Retry-After': '3' }, message: 'rate limit' },
  }),
);
describeSource('an older GitHub Enterprise Server with workflows that deploy', () =>
  githubRig({
    count: 44,
    isOld: true,
    settings: { deployments: 'workflows', workflows: ['deploy.yml'] },
    refusal: { kind: 'refuse', status: 403, headers: { 'Retry-After': '3' }, message: 'abuse detection' },
  }),
);
