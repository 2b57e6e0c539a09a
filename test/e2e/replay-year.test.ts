import { beforeAll, describe, expect, it } from 'vitest';
import { faultsOf } from '../../bench/year/check-year.ts';
import { replayYear } from '../../bench/year/replay-year.ts';
import type { Year } from '../../bench/year/replay-year.ts';
import { isDigest, storyOf } from '../../bench/year/story.ts';

/**
 * Three weeks of two projects, one of which slips and then stands still; `npm run year` lives through the whole year of
 * the whole portfolio, and is read as well.
 */
describe('weeks of the demo portfolio, lived through day by day', () => {
  let year: Year;
  beforeAll(async () => {
    const days = { portfolioOn: '2026-11-23', from: '2026-09-21', to: '2026-10-09' } as const;
    year = await replayYear({ ...days, locale: 'en', projects: ['APO', 'HER'] });
  }, 240_000);

  it('ask no more of a channel than it can bear, at no bad time, and tell all that happened', () => {
    expect(year.moves.length).toBeGreaterThan(0);
    expect(year.episodes.length).toBeGreaterThan(2);
    expect(faultsOf(year)).toEqual([]);
  });

  it('are a story that its reader can follow', () => {
    const story = storyOf(year, 'en');
    expect(story).toMatch(/■ Apollo · Date in danger — 1\.4.*\n.*Told since/);
    expect(story).toMatch(/Apollo · Milestone slipped — .*\n.*It was: 1\.4 moved from 29 Sep to 27 Oct/);
    expect(story).toMatch(/↳ 30 Sept 2026, 08:31 {2}Nobody has answered yet · 1\.4/);
  });

  it.each<[string, RegExp, (told: Year) => Year]>([
    ['a digest twice', /2 digests in/, (told) => with_(told, told.messages.find(isDigest)!)],
    ['six alerts on one day', /[67] new alerts in/, (told) => with_(told, ...Array(5).fill(anAlert(told)))],
    [
      'one at night',
      /at 22 h/,
      (told) => with_(told, { ...anAlert(told), ts: `${Date.parse('2026-09-22T20:00:00Z') / 1000}.000001` }),
    ],
    [
      'one on a Sunday',
      /on 2026-09-27 at/,
      (told) => with_(told, { ...anAlert(told), ts: `${Date.parse('2026-09-27T08:00:00Z') / 1000}.000001` }),
    ],
    [
      'one that comes back the next day',
      /opened on .* and again on/,
      (told) => ({ ...told, episodes: [...told.episodes, told.episodes[0]!] }),
    ],
    ['one without a message', /has 0 messages/, (told) => ({ ...told, messages: told.messages.filter(isDigest) })],
    [
      'one with a thread that says nothing',
      /its thread tells 0/,
      (told) => ({ ...told, messages: told.messages.filter(({ threadTs }) => threadTs === null) }),
    ],
    [
      'a move that nobody tells',
      /no alert told it/,
      (told) => ({ ...told, moves: [{ project: 'APO', version: '9.9', at: 0 }] }),
    ],
  ])('would be found to have %s', (_, fault, spoil) => {
    expect(faultsOf(spoil(year)).join('\n')).toMatch(fault);
  });
});

function with_(year: Year, ...messages: Year['messages']): Year {
  return { ...year, messages: [...year.messages, ...messages] };
}

function anAlert({ messages }: Year): Year['messages'][number] {
  return messages.find((message) => message.threadTs === null && !isDigest(message))!;
}
