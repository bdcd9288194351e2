/** Edit distance (Levenshtein) with one row of memory. */
function distance(a: string, b: string): number {
  const row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    let diagonal = row[0] as number
    row[0] = i
    for (let j = 1; j <= b.length; j++) {
      const above = row[j] as number
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      row[j] = Math.min(above + 1, (row[j - 1] as number) + 1, diagonal + same)
      diagonal = above
    }
  }
  return row[b.length] as number
}

const plain = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[\s_:-]+/g, '')
    .slice(0, 80)

/** The existing name that somebody most likely meant, or null where none is near. */
export function nearestName(wanted: string, existing: readonly string[]): string | null {
  const target = plain(wanted)
  let best: string | null = null
  let bestShare = 0.51
  for (const name of existing) {
    const candidate = plain(name)
    const inside = target.length > 1 && candidate.includes(target)
    const share = inside ? 0.25 : distance(target, candidate) / Math.max(target.length, candidate.length, 1)
    if (share < bestShare) {
      best = name
      bestShare = share
    }
  }
  return best
}
