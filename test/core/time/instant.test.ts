import { describe, expect, it } from 'vitest';
import { formatInstant, parseInstant } from '../../../src/core/time/instant.ts';

describe('parseInstant', () => {
  it.each([
    ['2026-05-04T08:00Z', '2026-05-04T08:00:00.000Z'],
    ['2026-05-04T08:00:10Z', '2026-05-04T08:00:10.000Z'],
    ['2026-05-04 08:00:10,5+02:00', '2026-05-04T06:00:10.500Z'],
    ['2026-05-04T08:00:10.123456+0545', '2026-05-04T02:15:10.123Z'],
    ['2026-05-04T08:00:00-11', '2026-05-04T19:00:00.000Z'],
    ['2016-12-31T23:59:60Z', '2016-12-31T23:59:59.000Z'],
    ['2028-02-29T00:00:00z', '2028-02-29T00:00:00.000Z'],
  ])('reads %s', (text, utc) => {
    expect(formatInstant(parseInstant(text)!)).toBe(utc);
  });
  it.each(['2026-05-04T08:00', '2026-05-04', '2026-02-29T08:00Z', '2026-05-04T25:00Z', '1777881600000', '', 'soon'])(
    'takes %j for no instant',
    (text) => {
      expect(parseInstant(text)).toBeNull();
    },
  );
});
