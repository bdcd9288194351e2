/** The kinds of power that the list knows, in the order of the standard. */
export const kinds = [
  'permit',
  'penalty',
  'coercion',
  'levy',
  'payment',
  'inspection',
  'confirmation',
  'reward',
  'ruling',
  'other',
  'public-service',
  'internal',
  'micro-power',
] as const

/** The levels of government, from the widest. */
export const levels = ['national', 'province', 'city', 'county', 'township', 'village'] as const
