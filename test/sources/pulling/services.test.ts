import { describe, expect, it } from 'vitest';
import { createServices } from '../../../src/sources/pulling/services.ts';

/** Whose a change, a deployment or an incident is, where one repository holds several services (metrics.md 5.5). */
describe('the services of a source', () => {
  it('are one, by the name given or that of the source', () => {
    expect(createServices({}, 'lab').of({ project: 'a/b' })).toEqual(['lab']);
    expect(createServices({ service: 'shop' }, 'lab').of({ project: 'a/b', environment: 'prod' })).toEqual(['shop']);
  });

  const services = createServices(
    {
      service: {
        shop: { projects: ['acme/shop*'] },
        api: { projects: ['acme/mono'], environments: ['api/*'], labels: ['api'] },
        web: { projects: ['acme/mono'], environments: ['web/*'], labels: ['web'] },
      },
    },
    'lab',
  );

  it.each([
    [{ project: 'acme/shop-front' }, ['shop']],
    [{ project: 'acme/other' }, []],
    [{ project: 'acme/mono', environment: 'api/production' }, ['api']],
    [{ project: 'acme/mono', environment: 'docs/production' }, []],
    [{ project: 'acme/mono', labels: ['web', 'bug'] }, ['web']],
    [{ project: 'acme/mono', labels: ['api', 'web'] }, ['api', 'web']],
  ])('of a monorepo by path, environment and label: %j', (what, expected) => {
    expect(services.of(what)).toEqual(expected);
  });

  it('a change that no label claims counts for each service of its repository, as in a release train', () => {
    expect(services.of({ project: 'acme/mono', labels: ['bug'] })).toEqual(['api', 'web']);
  });
});
