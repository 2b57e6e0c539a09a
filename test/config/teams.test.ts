import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { projectSettings } from '../../src/config/place.ts';
import { ConfigError } from '../../src/lib/errors.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigie-teams-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function load(project: string, thresholds = '') {
  writeFileSync(
    join(directory, 'vigie.yaml'),
    `sources: { x: { kind: jira-export, path: here } }\nprojects:\n  P:\n    scope: { source: x, project: P }\n${project
      .split('\n')
      .map((line) => `    ${line}\n`)
      .join('')}`,
  );
  if (thresholds !== '') writeFileSync(join(directory, 'thresholds.yaml'), thresholds);
  return loadConfig(directory, {});
}

function problemsOf(project: string, thresholds?: string): readonly string[] {
  try {
    load(project, thresholds);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.replaceAll(/\S*\/(?=\w+\.yaml)/g, '').split('\n');
    throw error;
  }
  return [];
}

const two =
  'teams:\n  - { name: Payments, components: [Payments, Billing] }\n  - { name: Web, labels: [web], boards: [12] }';

describe('teams in the config', () => {
  it('are read in their order, each doing its own unless the pool is shared', () => {
    const { teams } = projectSettings(load(two), 'P');
    expect(teams).toEqual({
      pool: 'own',
      correlation: 0.3,
      decidesWorkingDays: 5,
      rules: [
        { name: 'Payments', components: ['Payments', 'Billing'], labels: [], assignees: [], boards: [], projects: [] },
        { name: 'Web', components: [], labels: ['web'], assignees: [], boards: ['12'], projects: [] },
      ],
    });
    const config = load(`${two}\npool: shared`, 'teams: { correlation: 0.5 }\n');
    expect(projectSettings(config, 'P').teams).toMatchObject({
      pool: 'shared',
      correlation: 0.5,
      decidesWorkingDays: 5,
    });
  });

  it('are left out of the settings of a project that names none', () => {
    expect(projectSettings(load('name: Plain'), 'P')).not.toHaveProperty('teams');
  });

  it.each([
    ['no team', 'teams: []', /teams: expected a list of length at least 1, found a list of 0$/],
    [
      'a team that takes nothing',
      'teams: [{ name: Web }]',
      /teams\[0\]: expected at least one of `components`, `labels`, `assignees`, `boards` and `projects`, found keys and values$/,
    ],
    [
      'a rule that is not offered',
      'teams: [{ name: Web, boards: [1], label: [web] }]',
      /teams\[0\]\.label: expected one of name, components, labels, .*, found "label"; did you mean "labels"\?$/,
    ],
    [
      'two teams of one name',
      'teams: [{ name: Web, labels: [a] }, { name: web, labels: [b] }]',
      /^vigie\.yaml:5:\d+ projects\.P\.teams\[1\]\.name: expected a name that no other team has, found "web"$/,
    ],
    [
      'a component of two teams',
      `${two}\n  - { name: Ops, components: [Ops, billing] }`,
      /^vigie\.yaml:8:\d+ projects\.P\.teams\[2\]\.components\[1\]: expected each of `components` once \(it is one of Payments\), found "billing"$/,
    ],
    [
      'a label twice',
      'teams: [{ name: Web, labels: [web, Web] }]',
      /labels\[1\]: expected each of `labels` once \(it is there already\), found "Web"$/,
    ],
    [
      'a pool without teams',
      'pool: shared',
      /projects\.P\.pool: expected `teams` whose pool it is, found `pool: shared` and no teams$/,
    ],
    ['an unknown pool', `${two}\npool: common`, /projects\.P\.pool: expected one of own, shared, found "common"/],
    [
      'blockers of other teams',
      `${two}\nforecast: { blockers: true }`,
      /forecast\.blockers: expected no `blockers` where each team does its own.*, found true; leave it out, or say `pool: shared`$/,
    ],
  ])('refuse %s', (_, text, expected) => {
    const problems = problemsOf(text);
    expect(
      problems.filter((line) => expected.test(line)),
      problems.join('\n'),
    ).toHaveLength(1);
    expect(problems).toHaveLength(1);
  });

  it('hang together by no more than all of it', () => {
    expect(problemsOf(two, 'teams: { correlation: 1.5 }\n')).toEqual([
      expect.stringMatching(/thresholds\.teams\.correlation: expected a number of at most 1, found 1\.5$/),
    ]);
  });
});
