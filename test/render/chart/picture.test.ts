import { fileURLToPath } from 'node:url';
import { inflateSync } from 'node:zlib';
import { Resvg } from '@resvg/resvg-js';
import { describe, expect, it } from 'vitest';
import { pictureOf } from '../../../src/render/chart/picture.ts';
import { toPng } from '../../../src/render/chart/to-png.ts';
import { countCharacters } from '../../../src/render/truncate.ts';
import { chartSamples } from './chart-samples.ts';
import { templates } from '../../shipped-templates.ts';

const golden = (name: string) => fileURLToPath(new URL(`golden/${name}.svg`, import.meta.url));
const names = Object.keys(chartSamples);
const fontFiles = ['400Regular/Inter_400Regular.ttf', '700Bold/Inter_700Bold.ttf'].map((path) =>
  fileURLToPath(import.meta.resolve(`@expo-google-fonts/inter/${path}`)),
);

describe.each(['en', 'fr'])('charts in %s', (locale) => {
  it.each(names)('%s is drawn as before', async (name) => {
    const { svg, alt, title } = pictureOf(templates, chartSamples[name]!, locale);
    await expect(
      `${svg}\n<!-- ${title.replaceAll('--', '- -')} | ${alt.replaceAll('--', '- -')} -->\n`,
    ).toMatchFileSnapshot(golden(`${name}.${locale}`));
  });

  it.each(names)('%s is the same when it is drawn again', (name) => {
    const draw = () => pictureOf(templates, chartSamples[name]!, locale).svg;
    expect(draw()).toBe(draw());
  });

  it.each(names)('%s keeps all words on the canvas', (name) => {
    const { svg } = pictureOf(templates, chartSamples[name]!, locale);
    const [, width, height] = /<svg [^>]*width="(\d+)" height="(\d+(?:\.\d+)?)"/.exec(svg)!.map(Number) as [
      number,
      number,
      number,
    ];
    const box = new Resvg(svg, { font: { fontFiles, loadSystemFonts: false } }).getBBox()!;
    expect(box.x).toBeGreaterThanOrEqual(-1);
    expect(box.x + box.width).toBeLessThanOrEqual(width + 1);
    expect(box.y + box.height).toBeLessThanOrEqual(height + 1);
  });

  it.each(names)('%s says its point where it cannot be seen, within the limits of Slack', (name) => {
    const { alt, title } = pictureOf(templates, chartSamples[name]!, locale);
    expect(alt.startsWith(title)).toBe(true);
    expect(alt.length).toBeGreaterThan(title.length + 20);
    expect(countCharacters(alt)).toBeLessThanOrEqual(2_000);
    expect(alt).not.toMatch(/undefined|NaN|null|\u202E|\p{Cc}/u);
  });
});

it('gives each picture of a page names of its own', () => {
  const idsOf = (name: string) =>
    Array.from(pictureOf(templates, chartSamples[name]!, 'en').svg.matchAll(/ id="([^"]+)"/g), (match) => match[1]!);
  const all = names.flatMap((name) => [...new Set(idsOf(name))]);
  expect(new Set(all).size).toBe(all.length);
});

it.each(names.filter((name) => name.endsWith('hostile')))('%s: text stays text', (name) => {
  const { svg } = pictureOf(templates, chartSamples[name]!, 'en');
  expect(svg).not.toMatch(/<b>|<script|<!channel>|[\u202A-\u202E]/);
  // It is read as XML at all, by a strict reader.
  expect(() => new Resvg(svg)).not.toThrow();
  // Elements that we draw, and no other.
  const elements = new Set(Array.from(svg.matchAll(/<([a-z]+)/gi), (match) => match[1]!));
  for (const element of elements)
    expect(['svg', 'title', 'rect', 'path', 'polygon', 'line', 'text', 'g', 'defs', 'clipPath']).toContain(element);
});

describe('as PNG', () => {
  it.each(['burn-up.usual', 'cumulative-flow.huge'])('%s has three pixels for each of the canvas', (name) => {
    const { svg } = pictureOf(templates, chartSamples[name]!, 'en');
    const [, width, height] = /width="(\d+)" height="(\d+)/.exec(svg)!.map(Number) as [number, number, number];
    const image = decode(toPng(svg));
    expect(image).toMatchObject({ width: 3 * width, height: 3 * height });
    expect(image.pixels.length).toBe(image.height * (1 + 4 * image.width));
  });

  it('is written in the font that comes with the program, whatever fonts the machine has', () => {
    const words = (family: string) =>
      toPng(
        `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40"><text y="30" font-size="24" font-family="${family}">Été à Noël, œuvre 85 %</text></svg>`,
      );
    expect(Buffer.from(words('DejaVu Sans')).equals(Buffer.from(words('Inter')))).toBe(true);
    expect(inkOf(words('Inter'))).toBeGreaterThan(1_000);
  });
});

/** A PNG of 8 bits and four channels, as far as to see that it is whole. */
function decode(png: Uint8Array): { width: number; height: number; pixels: Buffer } {
  const bytes = Buffer.from(png);
  expect(bytes.subarray(0, 8).toString('latin1')).toBe('\u0089PNG\r\n\u001A\n');
  const parts: Buffer[] = [];
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    if (bytes.toString('latin1', at + 4, at + 8) !== 'IDAT') continue;
    parts.push(bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at)));
  }
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), pixels: inflateSync(Buffer.concat(parts)) };
}

function inkOf(png: Uint8Array): number {
  return decode(png).pixels.filter((byte) => byte !== 0).length;
}
