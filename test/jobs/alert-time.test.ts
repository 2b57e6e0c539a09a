import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { alertMinuteOf } from '../../src/jobs/targets/alert-time.ts';

function configWith(reports: string, thresholds = '') {
  const directory = mkdtempSync(join(tmpdir(), 'vigie-alert-time-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const project =
    'sources:\n  f: { kind: jira-export, path: . }\nprojects:\n  APOLLO: { scope: { source: f, project: APO } }\n';
  writeFileSync(join(directory, 'vigie.yaml'), `${project}${reports}`);
  if (thresholds !== '') writeFileSync(join(directory, 'thresholds.yaml'), thresholds);
  return loadConfig(directory, {});
}

const weekly = (every: string) => `reports:\n  - { report: project-digest, every: "${every}", projects: all }\n`;

it.each([
  ['half past eight without a digest', '', '', 8 * 60 + 30],
  ['with the digest', weekly('15 9 * * MON'), '', 9 * 60 + 15],
  ['after the quiet hours', weekly('0 6 * * MON'), '', 7 * 60],
  ['after those of the config', weekly('0 9 * * MON'), 'alerts: { quietFromHour: 20, quietToHour: 10 }\n', 10 * 60],
  ['after a quiet noon', weekly('30 12 * * MON'), 'alerts: { quietFromHour: 12, quietToHour: 14 }\n', 14 * 60],
  ['at any hour when there are none', weekly('0 3 * * MON'), 'alerts: { quietFromHour: 0, quietToHour: 0 }\n', 3 * 60],
])('alerts are evaluated %s', (_, reports, thresholds, minute) => {
  expect(alertMinuteOf(configWith(reports, thresholds), 'APOLLO')).toBe(minute);
});
