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
    ['changed', () => seal.close('text').replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))],
    ['cut', () => seal.close('text').slice(0, -8)],
    ['no sealed text', () => '{"token":"xoxb-1"}'],
    ['nothing', () => ''],
  ])('does not open what was %s', (_name, make) => {
    expect(seal.open(make())).toBe(null);
  });
});
