/** What a foreign file may cost before it is refused; every reader of this folder keeps to these. */
export interface ReadLimits {
  /** Bytes after unpacking, in all. */
  readonly unpackedBytes: number
  /** Unpacked ÷ packed bytes; looked at once `ratioFloorBytes` are unpacked. A bomb gets near 1,000, real logs stay under 100. */
  readonly ratio: number
  readonly ratioFloorBytes: number
  /** One CSV row, or one piece of XML markup. */
  readonly rowBytes: number
  readonly cellBytes: number
  /** A case id: it must fit into the store's index. */
  readonly caseIdBytes: number
  readonly columns: number
  /** Events of cases that an object-centric log may be flattened into: an event counts in each of its cases. */
  readonly objectEvents: number
  /** XML elements inside each other. */
  readonly depth: number
}

const MiB = 1024 * 1024

/** Generous for honest logs (five million events are about 1 GiB), small against hostile ones. */
export const defaultLimits: ReadLimits = {
  unpackedBytes: 64 * 1024 * MiB,
  ratio: 300,
  ratioFloorBytes: 128 * MiB,
  rowBytes: 16 * MiB,
  cellBytes: MiB,
  caseIdBytes: 1000,
  columns: 4096,
  objectEvents: 10_000_000,
  depth: 64,
}
