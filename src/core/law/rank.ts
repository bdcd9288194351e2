/** What a legal text is, from the constitution down. */
export const lawRanks = [
  'constitution',
  'law',
  'regulation',
  'judicial-interpretation',
  'local-regulation',
  'department-rule',
  'local-rule',
  'council-decision',
  'party-regulation',
] as const

/** The rank of a legal text. */
export type LawRank = (typeof lawRanks)[number]
