/** A day in the middle between two, and the day after it. */
export function middleOf(first: string, last: string): { readonly until: string; readonly after: string } {
  const day = 86_400_000
  const [from, to] = [Date.parse(first), Date.parse(last)]
  const middle = from + Math.floor((to - from) / day / 2) * day
  const text = (at: number) => new Date(at).toISOString().slice(0, 10)
  return { until: text(middle), after: text(middle + day) }
}
