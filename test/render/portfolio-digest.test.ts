import { describe, expect, it } from 'vitest';
import { explainPortfolio } from '../../src/core/explain/explain-portfolio.ts';
import type { AnyReport } from '../../src/core/reports/any-report.ts';
import { toHtml } from '../../src/render/html.ts';
import { toSlack } from '../../src/render/slack.ts';
import { render, renderTemplate } from '../../src/render/templates.ts';
import { toText } from '../../src/render/text.ts';
import { hostileProject, overdueProject, quietProject, undatedProject } from './digest-samples.ts';
import {
  accountsProject,
  portfolioInputOf,
  portfolioOf,
  renamed,
  shopProject,
  sixtyProjects,
} from './portfolio-samples.ts';
import { templates } from '../shipped-templates.ts';
import { refusedBySlack } from './refused.ts';

const golden = (name: string) => new URL(`golden/digests/${name}.txt`, import.meta.url).pathname;

const usual = [accountsProject(), shopProject(), quietProject(), undatedProject()];
const sixty = sixtyProjects();
const reports: Readonly<Record<string, AnyReport>> = {
  'portfolio-digest-usual': portfolioOf(
    usual,
    ['SALES', 'Sales', ['ACC', 'SHO']],
    ['BASE', 'Foundations', ['HERMES', 'SHO']],
  ),
  'portfolio-digest-projects': portfolioOf([...usual, overdueProject()]),
  'portfolio-digest-quiet': portfolioOf([quietProject(), renamed(quietProject(), 'IRIS', 'Iris')]),
  'portfolio-digest-empty': portfolioOf([]),
  'portfolio-digest-hostile': portfolioOf([hostileProject()], ['EVIL', hostileProject().settings.name, ['EVIL']]),
  'portfolio-digest-sixty': portfolioOf(sixty),
  'portfolio-digest-twenty-programmes': portfolioOf(
    sixty,
    ...Array.from({ length: 20 }, (_, index): readonly [string, string, string[]] => [
      `G${index}`,
      `Programme ${index}`,
      [`P${3 * index}`, `P${3 * index + 1}`, `P${3 * index + 2}`],
    ]),
  ),
};

describe.each(['en', 'fr'])('portfolio in %s', (locale) => {
  describe.each(Object.entries(reports))('%s', (name, report) => {
    const document = render(templates, report, locale);

    it('reads as it should', async () => {
      await expect(`${toText(document)}\n`).toMatchFileSnapshot(golden(`${name}.${locale}`));
    });

    it('is what Slack takes, and a page', () => {
      expect(refusedBySlack(document)).toEqual([]);
      expect(toHtml(document)).not.toContain('<script');
    });

    it('shows nobody, and no slip of a template', () => {
      const shown = JSON.stringify(toSlack(document));
      expect(shown).not.toMatch(/person-\d|undefined|NaN|\[object|Invalid Date/);
    });
  });
});

it.each([
  ['en', 'longer than anything so far'],
  ['fr', 'plus long que tout jusqu’ici'],
])('in %s its explanation says why a milestone has no day', (locale, why) => {
  const explained = explainPortfolio(portfolioInputOf([hostileProject()]), null)!;
  expect(explained.parts[0]!.milestones[0]!.f85Beyond).toBe('past');
  expect(toText(renderTemplate(templates, explained.kind, explained, locale), { width: 2000 })).toContain(why);
});
