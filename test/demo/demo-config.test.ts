import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { demoConfig } from '../../src/demo/demo-config.ts';
import { generatePortfolio } from '../../src/demo/portfolio/generate-portfolio.ts';
import { at } from '../builders.ts';

interface Written {
  readonly projects: Readonly<Record<string, { readonly channel: string; readonly visibleIn: readonly string[] }>>;
  readonly programmes: Readonly<Record<string, { readonly channel: string; readonly projects: readonly string[] }>>;
  readonly reports: readonly { readonly report: string; readonly channel?: string }[];
}

it('lets people ask about what a channel is told: the portfolio’s channel sees every project, a programme’s its own', () => {
  const portfolio = generatePortfolio(at('2026-11-23T08:30:00Z'));
  const config = demoConfig({
    portfolio,
    jiraUrl: 'http://j',
    slackUrl: 'http://s',
    pipelinesPath: null,
    locale: 'en',
  });
  const { projects, programmes, reports } = parse(config['vigie.yaml']!) as Written;
  const seenIn = (channel: string) => Object.keys(projects).filter((id) => projects[id]!.visibleIn.includes(channel));
  const whole = reports.find(({ report }) => report === 'portfolio-digest')!.channel!;
  expect(seenIn(whole)).toEqual(Object.keys(projects));
  for (const { channel, projects: own } of Object.values(programmes)) expect(seenIn(channel)).toEqual(own);
});
