/** Who acted: an officer in a post of an organ, or the system itself by name. Codes only, never a person's name. */
export interface Actor {
  readonly officer: string | null
  readonly post: string | null
  readonly organ: string | null
}

/**
 * The one envelope of business, decision and supervision flows. `kind` is past tense and never reused (`power.published`).
 * The payload holds codes and references only, never personal data. `sequence` is gapless within the aggregate, from 1.
 */
export interface DomainEvent<Payload extends object = object> {
  /** uuidv7. */
  readonly id: string
  readonly kind: string
  readonly version: number
  readonly aggregate: { readonly kind: string; readonly id: string; readonly sequence: number }
  readonly causedBy: string | null
  /** When it happened in the world, ISO instant. */
  readonly occurredAt: string
  /** When it was recorded, ISO instant; a gap between the two is itself checked. */
  readonly recordedAt: string
  readonly actor: Actor
  /** Region code path, e.g. `42/4209/420921`. */
  readonly region: string
  readonly power: string | null
  /** References to articles, `LAW#article.paragraph.item`. */
  readonly basis: readonly string[]
  readonly payload: Payload
}
