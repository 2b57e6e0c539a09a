/** The bundle has no types of its own; it is the whole library, with everything registered. */
declare module 'echarts/dist/echarts.esm.min' {
  export * from 'echarts';
}
