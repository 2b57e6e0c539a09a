/** The canvas in pixels: a bit more than a phone is wide, so that a picture is shown there nearly as it was drawn. */
export const canvas = { width: 440, height: 350 };
export const margin = 12;
export const fontFamily = 'Inter, system-ui, sans-serif';
export const fontSize = { title: 16, label: 13.5, tick: 13 };

/** Okabe and Ito's colours, which every kind of colour vision tells apart, and greys. */
export const colours = {
  ink: '#1d1c1d',
  faint: '#5c5a5d',
  line: '#e3e1e4',
  paper: '#ffffff',
  blue: '#0072b2',
  vermilion: '#d55e00',
  green: '#009e73',
  purple: '#a8517f',
  orange: '#e69f00',
  sky: '#56b4e9',
  yellow: '#f0e442',
  grey: '#a9a6ab',
} as const;

/** Series are told apart by dash and shape as well as by colour: some readers see none, and some print. */
export const seriesStyles = [
  { colour: colours.blue, dash: 'solid', symbol: 'circle' },
  { colour: colours.vermilion, dash: [9, 4], symbol: 'rect' },
  { colour: colours.green, dash: [2, 4], symbol: 'triangle' },
  { colour: colours.purple, dash: [10, 4, 2, 4], symbol: 'diamond' },
] as const;

/** Even odds and 85 %, wherever a forecast is drawn. */
export const oddsDash = { p50: [8, 4], p85: [2, 4] } as const;
