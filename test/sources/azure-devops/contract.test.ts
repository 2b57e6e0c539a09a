import { describeSource } from '../contract.ts';
import { azureRig, shopScope, truthOf } from './azure-rig.ts';

describeSource('Azure DevOps, a project', () => azureRig());
describeSource('Azure DevOps Server of older versions, an area with what is below it', async () => {
  const rig = await azureRig({
    count: 54,
    prefix: '/tfs/Main%20Collection',
    version: '6.0',
    scopes: [{ ...shopScope, project: 'Shop/Payments' }],
  });
  return { ...rig, truth: () => truthOf(rig.world, 'Shop\\Payments') };
});
