/** What can be asked for by hand. Beside the calculations, so that a list of names loads none of them. */
export const calcNames = [
  'calendar',
  'slip',
  'evm',
  'earned-schedule',
  'quantiles',
  'sprint',
  'aging',
  'flow',
  'forecast',
  'score',
  'risk',
  'rag',
  'delivery',
  'network',
  'joint',
  'budget',
] as const;
