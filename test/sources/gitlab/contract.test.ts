import { describeSource } from '../contract.ts';
import { gitlabRig, shopScope } from './gitlab-rig.ts';

describeSource('GitLab with a licence and a board', () => gitlabRig({ count: 33 }));
describeSource('GitLab without a licence, under a path', () =>
  gitlabRig({ count: 24, isLicensed: false, prefix: '/git', scopes: [{ ...shopScope, board: null }] }),
);
