import { describeSource } from '../contract.ts';
import { linearRig, truthOf } from './linear-rig.ts';

describeSource('Linear, a team', () => linearRig());
describeSource('Linear, a project by its address, with a token of OAuth', async () => {
  const address = 'https://linear.app/acme/project/checkout-00000000a001/overview';
  const rig = await linearRig({
    scopes: [{ id: 'SHOP', project: address, jql: null, board: null }],
    settings: { token: 'lin_oauth_simulated' },
  });
  return { ...rig, truth: () => truthOf(rig.world, 'project') };
});
