import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scopesOf } from '../../src/config/scopes-of.ts';
import { loadConfig } from '../../src/config/load.ts';
import { projectSettings } from '../../src/config/place.ts';
import { projectsOf } from '../../src/jobs/pulling/projects-of.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigie-config-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function deliveryOf(delivery: string, path = 'events.jsonl') {
  const text = `sources:
  jira: { kind: jira-export, path: data/export }
  pipeline: { kind: events-file, path: ${path}, service: shop }
projects:
  APOLLO: { scope: { source: jira, project: APO }, delivery: ${delivery} }
`;
  writeFileSync(join(directory, 'vigie.yaml'), text);
  return projectSettings(loadConfig(directory, {}), 'APOLLO').delivery;
}

describe('delivery of a project', () => {
  it('is of the service that its source names', () => {
    expect(deliveryOf('{ source: pipeline }')).toEqual({ source: 'pipeline', services: ['shop'] });
    expect(deliveryOf('{ source: pipeline, service: till }')).toEqual({ source: 'pipeline', services: ['till'] });
    expect(deliveryOf('{ source: pipeline, services: [till, shop] }')).toMatchObject({ services: ['till', 'shop'] });
  });

  it('tells which items are incidents', () => {
    expect(deliveryOf('{ source: pipeline, incidents: { types: [Incident], labels: [2026] } }')).toMatchObject({
      incidents: { types: ['Incident'], labels: ['2026'], project: null },
    });
  });

  it.each([
    [
      '{ source: pipeline, incidents: {} }',
      'events.jsonl',
      /incidents: expected at least one of `types`, `labels` and `project`/,
    ],
    ['{ source: pipeline, incidents: { type: [Incident] } }', 'events.jsonl', /did you mean "types"/],
    ['{ source: pipeline, service: a, services: [b] }', 'events.jsonl', /either `service` or `services`/],
    ['{ source: pipelin }', 'events.jsonl', /delivery\.source: expected the name of a source: .*did you mean/],
    [
      '{ source: pipeline }',
      'events.xml',
      /sources\.pipeline\.path: expected a file called \*\.jsonl.*found "events\.xml"/,
    ],
  ])('%s, %s: is refused with what was expected', (delivery, path, problem) => {
    expect(() => deliveryOf(delivery, path)).toThrow(problem);
  });
});

describe('a project in several tools', () => {
  it('is asked of each, its own tool first, and links items by the tool that knows their key', () => {
    const text = `sources:
  jira: { kind: jira, host: "https://acme.example", token: "\${TOKEN}" }
  archive: { kind: jira-export, path: data/export }
projects:
  APOLLO:
    scope: { source: jira, project: APO }
    alsoIn: [{ source: archive, project: OLD }, { source: jira, project: APX }]
`;
    writeFileSync(join(directory, 'vigie.yaml'), text);
    const config = loadConfig(directory, { TOKEN: 't' });
    const apollo = config.projects['APOLLO']!;
    expect(scopesOf(apollo).map(({ source, project }) => [source, project])).toEqual([
      ['jira', 'APO'],
      ['archive', 'OLD'],
      ['jira', 'APX'],
    ]);
    expect(scopesOf(apollo, 'jira')).toHaveLength(2);
    expect(projectsOf(config, 'archive')).toEqual(['APOLLO']);
    const { kind, settings } = config.sources['jira']!;
    expect(kind.itemUrl?.(settings, 'APO-1')).toBe('https://acme.example/browse/APO-1');
  });

  it('refuses a tool that is not there', () => {
    writeFileSync(
      join(directory, 'vigie.yaml'),
      `sources: { jira: { kind: jira-export, path: data/export } }
projects: { APOLLO: { scope: { source: jira, project: APO }, alsoIn: [{ source: jria, project: X }] } }
`,
    );
    expect(() => loadConfig(directory, {})).toThrow(/alsoIn\[0\]\.source: expected the name of a source.*did you mean/);
  });
});
