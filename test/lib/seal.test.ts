import { describe, expect, it } from 'vitest';
import { createSeal } from '../../src/lib/seal.ts';

const seal = createSeal('a secret of sixteen');

describe('a seal', () => {
  it('gives back what was closed with it, and never the same twice', () => {
    const text = '{"token":"xoxb-1 é"}';
    expect(seal.open(seal.close(text))).toBe(text);
    expect(seal.close(text)).not.toBe(seal.close(text));
    expect(seal.close(text)).not.toContain('xoxb');
  });

  it.each([
    ['closed with another secret', () => createSeal('another secret here').close('text')],
    ['cut', () => seal.close('text').slice(0, -8)],
    ['no sealed text', () => '{"token":"xoxb-1"}'],
    ['nothing', () => ''],
  ])('does not open what was %s', (_name, make) => {
    expect(seal.open(make())).toBe(null);
  });

  it('does not open what was changed, whichever letter it was and whatever took its place', () => {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.='.split('');
    const sealed = seal.close('text');
    const opened = sealed
      .split('')
      .flatMap((_, at) =>
        letters
          .map((letter) => sealed.slice(0, at) + letter + sealed.slice(at + 1))
          .filter((changed) => changed !== sealed && seal.open(changed) !== null),
      );
    expect(opened).toEqual([]);
  });

  it('does not open with a part of its tag', () => {
    const [name, nonce, tag, body] = seal.close('text').split('.');
    const short = Buffer.from(tag!, 'base64url').subarray(0, 4).toString('base64url');
    expect(seal.open([name, nonce, short, body].join('.'))).toBe(null);
  });
});
