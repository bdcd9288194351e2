// The normal distribution: what a test of two samples needs of it.

/** Both tails of the standard normal beyond |z|: relative error below 1.2e-7 everywhere (Press et al., Numerical Recipes, erfc). */
export function twoTails(z: number): number {
  const x = Math.abs(z) / Math.SQRT2
  const t = 1 / (1 + 0.5 * x)
  const terms = [
    -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223,
    0.17087277,
  ]
  let exponent = 0
  for (let k = terms.length - 1; k >= 0; k--) exponent = exponent * t + (terms[k] as number)
  return t * Math.exp(-x * x + exponent)
}

/** The z whose two tails hold `p`, 0 < p ≤ 1, by bisection to 1e-9. */
export function zOfTails(p: number): number {
  let [low, high] = [0, 40]
  while (high - low > 1e-9) {
    const middle = (low + high) / 2
    if (twoTails(middle) > p) low = middle
    else high = middle
  }
  return (low + high) / 2
}
