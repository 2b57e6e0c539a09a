import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asJson } from '../../src/jobs/answers/as-json.ts';
import { answerCapacity } from '../../src/jobs/answers/capacity.ts';
import type { Question, Reply } from '../../src/slack/answers.ts';
import { at } from '../builders.ts';
import { aQuestion, openJobStage } from './stage.ts';
import type { JobStage } from './stage.ts';

let stage: JobStage;
beforeAll(async () => {
  const team = (name: string) => `{ name: ${name}, components: [${name}] }`;
  stage = await openJobStage(
    `sources: { files: { kind: jira-export, path: . } }
projects:
  APOLLO: { name: Apollo, scope: { source: files, project: APO }, visibleIn: [C1], teams: [${team('Payments')}, ${team('Web')}] }
  HERMES: { name: Hermes, scope: { source: files, project: HER }, visibleIn: [C1], teams: [${team('payments')}] }
  SECRET: { name: Secret, scope: { source: files, project: SEC }, channel: C2, teams: [${team('Warehouse')}] }
`,
    at('2026-11-30T09:00:00Z'),
  );
});
afterAll(() => stage.close());

function asked(text: string, parts: Partial<Question> = {}): Question {
  const audience = () => Promise.reject(new Error('not asked here'));
  return aQuestion({ name: 'capacity', words: text.split(' '), audience, ...parts });
}

function wordsOf(reply: Reply): string {
  if (reply.kind !== 'message') throw new Error('expected a message');
  return JSON.stringify(reply.message.blocks);
}

describe('capacity where several projects are seen', () => {
  it.each([
    ['web', /Apollo · Web · capacity.*Nothing.*in progress/],
    ['hermes PAYMENTS', /Hermes · payments · capacity/],
    ['payments', /Several projects here.*capacity APOLLO Payments.*capacity HERMES payments/],
    ['paymnets', /no project and no team.*Did you mean.*capacity APOLLO Payments/],
    ['hermes web', /Hermes.*has no team called “web”.*Its teams: payments/],
    ['hermse', /no project I may show here.*Did you mean.*Hermes/],
    ['warehouse', /“warehouse” is no project I may show here/],
  ])('of “%s”', async (text, said) => {
    expect(wordsOf(await answerCapacity(stage, asked(text)))).toMatch(said);
  });
});

describe('data that is too long for Slack', () => {
  const data = { text: 'x'.repeat(60_000) };

  it.each([
    ['en', /60,014 characters.*40,000.*vigie explain APOLLO 'Release 1' --json --as-of '20 Nov'/],
    ['fr', /60\s014 caractères.*40\s000.*vigie explain APOLLO/],
  ])('is had on the command line, in %s', (locale, said) => {
    const question = asked('', { locale, asOf: '20 Nov' });
    const cli = ['explain', 'APOLLO', 'Release 1', '--json'];
    expect(wordsOf(asJson(stage, data, { question, cli }))).toMatch(said);
    expect(wordsOf(asJson(stage, data, { question, cli: null }))).not.toMatch(/vigie/);
  });
});
