interface Bar {
  label: string
  value: number
  /** A colour; the brand's when left out. */
  color?: string
}

/** Bars below each other, each with its name and its figure in words: nothing is told by colour alone. */
Component({
  properties: {
    bars: { type: Array, value: [] as Bar[] },
    unit: { type: String, value: '' },
  },
  data: { shown: [] as (Bar & { percent: number })[] },
  observers: {
    bars(bars: Bar[]) {
      const largest = Math.max(1, ...bars.map(({ value }) => value))
      this.setData({ shown: bars.map((bar) => ({ ...bar, percent: Math.round((bar.value / largest) * 100) })) })
    },
  },
})
