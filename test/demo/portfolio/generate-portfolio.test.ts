import { describe, expect, it } from 'vitest';
import { generatePortfolio } from '../../../src/demo/portfolio/generate-portfolio.ts';
import type { Portfolio } from '../../../src/demo/portfolio/portfolio.ts';
import { isDone, statusIds } from '../../../src/demo/portfolio/site.ts';
import type { History, SiteIssue } from '../../../src/demo/portfolio/site.ts';
import { dayAt, dayText, isHoliday, isWorkday } from '../../../src/demo/portfolio/workdays.ts';

const now = Date.parse('2026-11-24T08:30:00Z');
const portfolio = generatePortfolio(now);
const { site } = portfolio;
const issues = [...site.issues.values()];
const histories = issues.flatMap((issue) => issue.histories);
const item = (key: string): SiteIssue => site.issues.get(site.keys.get(key)!)!;
const changesOf = (entries: readonly History[], field: string) =>
  entries.flatMap((entry) => entry.items.filter((one) => one.field === field));
const epicOf = (key: string, name: string) =>
  issues.find((issue) => issue.projectKey === key && issue.type === 'Epic' && issue.summary.includes(name))!;

/** Everything that a generator may have drawn, as one text. */
const print = (made: Portfolio) =>
  JSON.stringify([[...made.site.issues.values()], [...made.site.versions.values()], [...made.site.sprints.values()]]);

describe('the portfolio of the demo', () => {
  it('is the same for the same seed and moment, another one for another seed', () => {
    const text = print(portfolio);
    expect(print(generatePortfolio(now)) === text).toBe(true);
    expect(print(generatePortfolio(now, 8)) === text).toBe(false);
  });

  it('has two years of four projects in two programmes, and nothing of the future', () => {
    expect(portfolio.programmes.flatMap((programme) => programme.projects)).toEqual(['APO', 'HER', 'ATL', 'IRI']);
    for (const { key } of portfolio.projects) {
      const own = issues.filter((issue) => issue.projectKey === key);
      expect(own.length).toBeGreaterThan(600);
      expect(own.length).toBeLessThan(1400);
      expect(Math.min(...own.map((issue) => issue.createdAt))).toBeLessThan(now - 725 * 86_400_000);
    }
    expect(Math.max(...issues.map((issue) => issue.updatedAt))).toBeLessThan(now);
    expect(Math.max(...histories.map((entry) => entry.at))).toBeLessThan(now);
    expect(
      Math.max(...[...site.versions.values()].flatMap((version) => version.log.map((entry) => entry.at))),
    ).toBeLessThan(now);
  });

  it('keeps histories in order, starting with what was created', () => {
    for (const issue of issues) {
      const times = [issue.createdAt, ...issue.histories.map((entry) => entry.at)];
      expect(times).toEqual(times.toSorted((left, right) => left - right));
      expect(issue.updatedAt).toBe(times.at(-1));
    }
  });

  it('tells the present value of each field as the last change says', () => {
    for (const issue of issues) {
      const last = (field: string) => changesOf(issue.histories, field).at(-1);
      expect(issue.statusId).toBe(last('status')?.to ?? statusIds.toDo);
      expect(issue.dueDate).toBe((last('dueDate') ?? { to: issue.dueDate }).to);
      expect(issue.sprintIds.join(', ')).toBe((last('sprint') ?? { to: issue.sprintIds.join(', ') }).to);
      expect(isDone(site, issue)).toBe(issue.resolution !== null);
    }
  });

  it('does no work on weekends, holidays and between the years', () => {
    const days = new Set(histories.map((entry) => dayAt(entry.at)));
    expect([...days].filter((day) => !isWorkday(day)).map(dayText)).toEqual([]);
    expect(days.size).toBeGreaterThan(470);
    expect(portfolio.holidays).toContain('2026-05-14');
    expect(portfolio.holidays).toContain('2026-12-28');
  });

  it('has sprints of two weeks, one active a team, with scope change and carry-over', () => {
    for (const { boardId } of portfolio.projects) {
      const own = [...site.sprints.values()].filter((sprint) => sprint.boardId === boardId);
      expect(own.length).toBeGreaterThan(50);
      expect(own.map((sprint) => sprint.state).slice(-2)).toEqual(['active', 'future']);
      const closed = own.filter((sprint) => sprint.state === 'closed');
      expect(closed.every((sprint) => sprint.completedAt! > sprint.activatedAt!)).toBe(true);
      const carried = issues.filter(
        (issue) => issue.sprintIds.filter((id) => closed.some((sprint) => sprint.id === id)).length > 1,
      );
      expect(carried.length).toBeGreaterThan(20);
    }
    const added = site.sprints.get(20)!;
    const changes = issues
      .flatMap((issue) => issue.histories)
      .filter((entry) => entry.at > added.activatedAt! && entry.at < added.completedAt! - 60_000);
    expect(changesOf(changes, 'sprint').some((one) => one.to!.split(', ').includes(String(added.id)))).toBe(true);
  });

  it('has milestones re-dated, as epics with their history and as versions that only the log remembers', () => {
    const moves = changesOf(epicOf('APO', '1.4 ').histories, 'dueDate');
    expect(moves.map((one) => one.to)).toEqual(['2026-09-30', '2026-10-28', '2026-11-30', '2026-12-14']);
    const version = [...site.versions.values()].find((one) => one.projectKey === 'APO' && one.name === '1.4')!;
    expect(version.releaseDate).toBe('2026-12-14');
    expect(version.log.map((entry) => entry.releaseDate)).toEqual(moves.map((one) => one.to));
    expect(changesOf(epicOf('IRI', '5.5 ').histories, 'dueDate')).toHaveLength(1);
    // Recovering: the last move is an earlier date.
    const recovering = changesOf(epicOf('ATL', 'R4 ').histories, 'dueDate');
    expect(recovering.at(-1)!.to! < recovering.at(-1)!.from!).toBe(true);
  });

  it('has a blocked chain across three projects', () => {
    const blocker = (key: string) =>
      item(key)
        .links.filter((link) => link.direction === 'inward')
        .map((link) => site.issues.get(link.otherId)!.key);
    expect(blocker('APO-198')).toEqual(['HER-77']);
    expect(blocker('HER-77')).toEqual(['ATL-52']);
    for (const key of ['APO-198', 'HER-77', 'ATL-52']) expect(isDone(site, item(key))).toBe(false);
  });

  it('has what a digest should find: reopened, flagged, without owner, without estimate', () => {
    const reopened = changesOf(item('APO-214').histories, 'status').filter((one) => one.from === statusIds.done);
    expect(reopened).toHaveLength(2);
    const underWay = issues.filter((issue) =>
      [statusIds.inProgress, statusIds.inReview, statusIds.testing].includes(issue.statusId),
    );
    expect(underWay.some((issue) => issue.isFlagged)).toBe(true);
    expect(underWay.filter((issue) => issue.assignee === null && issue.projectKey === 'APO')).toHaveLength(2);
    expect(underWay.some((issue) => issue.points === null && issue.type === 'Story')).toBe(true);
    expect(issues.some((issue) => issue.type === 'Sub-task' && site.issues.has(issue.parentId!))).toBe(true);
  });

  it('leaves the quiet project quiet: last week nothing but work', () => {
    const week = issues
      .filter((issue) => issue.projectKey === 'IRI')
      .flatMap((issue) => issue.histories.filter((entry) => entry.at > now - 8 * 86_400_000));
    for (const field of ['dueDate', 'fixVersion', 'flagged', 'link']) expect(changesOf(week, field)).toEqual([]);
    expect(changesOf(week, 'status').filter((one) => one.from === statusIds.done)).toEqual([]);
    expect(changesOf(week, 'status').filter((one) => one.to === statusIds.done).length).toBeGreaterThan(2);
  });

  it.each([
    ['a Saturday night', '2026-11-28T23:30:00+01:00'],
    ['New Year', '2027-01-01T12:00:00+01:00'],
    ['a Monday morning', '2026-11-30T08:00:00+01:00'],
    ['a day of summer', '2027-07-13T18:59:00+02:00'],
  ])('can be made on %s', (_, at) => {
    const made = generatePortfolio(Date.parse(at));
    expect(Math.max(...[...made.site.issues.values()].map((issue) => issue.updatedAt))).toBeLessThan(Date.parse(at));
    const open = (key: string) =>
      [...made.site.issues.values()].filter((issue) => issue.projectKey === key && !isDone(made.site, issue)).length;
    for (const { key } of made.projects) {
      expect(open(key)).toBeGreaterThan(20);
      expect(open(key)).toBeLessThan(250);
    }
  });
});

describe('holidays of the site', () => {
  it.each(['2025-04-21', '2026-04-06', '2027-03-29', '2026-05-25', '2026-07-14', '2026-11-11', '2026-12-24'])(
    '%s is one',
    (day) => {
      expect(isHoliday(Date.parse(`${day}T00:00:00Z`) / 86_400_000)).toBe(true);
    },
  );
  it.each(['2026-04-05', '2026-07-15', '2026-12-23', '2027-01-04'])('%s is none', (day) => {
    expect(isHoliday(Date.parse(`${day}T00:00:00Z`) / 86_400_000)).toBe(false);
  });
});
