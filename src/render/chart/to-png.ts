import { fileURLToPath } from 'node:url';
import { Resvg } from '@resvg/resvg-js';
import { collectYoung } from '../../lib/collect-young.ts';

/** Pixels of the picture for each of the canvas: sharp on screens of today, and half a hundred kB. */
const scale = 3;

/** The font comes with the program: without one words vanish, and with that of the machine they would not fit. */
const fontFiles = [
  import.meta.resolve('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf'),
  import.meta.resolve('@expo-google-fonts/inter/700Bold/Inter_700Bold.ttf'),
].map((url) => fileURLToPath(url));

export function toPng(svg: string): Uint8Array {
  const font = { fontFiles, loadSystemFonts: false, defaultFontFamily: 'Inter' };
  const png = new Resvg(svg, { fitTo: { mode: 'zoom', value: scale }, font }).render().asPng();
  // Six megabytes of pixels lie behind each picture until it is collected.
  collectYoung();
  return png;
}
