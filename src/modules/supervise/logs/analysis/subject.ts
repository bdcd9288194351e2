import { filterLog } from '../../../../core/eventlog/apply-filter.ts'
import type { EventLog } from '../../../../core/eventlog/event-log.ts'
import type { LogFilter } from '../../../../core/eventlog/log-filter.ts'
import { type LogView, wholeLog } from '../../../../core/eventlog/log-view.ts'
import { type Variants, variantsOf } from '../../../../core/eventlog/variants.ts'
import { type Refusal, refuse } from '../../../../core/refusal/refusal.ts'
import { type Zone, zoneOf } from '../../../../core/worktime/zone.ts'
import { variantName } from '../variant-name.ts'
import { categories } from './categories.ts'
import type { StatedFilter } from './question.ts'

const VIEWS = 8

/** A log that is being asked about, with what several questions need of it worked out once. */
export class AnalysedLog {
  readonly log: EventLog
  readonly zone: Zone
  #variants: Variants | null = null
  #names: readonly string[] | null = null
  readonly #views = new Map<string, LogView>()

  constructor(log: EventLog, zone: string) {
    this.log = log
    this.zone = zoneOf(zone)
  }

  get variants(): Variants {
    this.#variants ??= variantsOf(this.log)
    return this.#variants
  }

  /** The names of the variants, as the store has them. */
  get variantNames(): readonly string[] {
    this.#names ??= this.variants.variants.map(({ activities }) => variantName(this.#sequence(activities)))
    return this.#names
  }

  /** The name of the variant of a case. */
  variantOf(c: number): string {
    return this.variantNames[this.variants.ofCase[c] as number] as string
  }

  #sequence(activities: Int32Array): string[] {
    return Array.from(activities, (code) => this.log.activity.dictionary[code] ?? '')
  }

  /**
   * The cases that a stated filter leaves; null is the whole log. The last few are remembered. Refuses
   * `analysis.not-a-category` for an attribute that facets do not offer: a search for one person's cases is no analysis.
   */
  view(stated: StatedFilter | null): LogView | Refusal {
    const key = JSON.stringify(stated)
    const known = this.#views.get(key)
    if (known !== undefined) return known
    const offered = stated?.attribute === undefined ? [] : categories(this.log)
    const other = stated?.attribute?.find((attribute) => !offered.includes(attribute.key))
    if (other !== undefined) return refuse('analysis.not-a-category', { attribute: other.key })
    const view = stated === null ? wholeLog(this.log) : filterLog(this.log, this.#filter(stated), this.zone)
    const oldest = this.#views.keys().next().value
    if (this.#views.size >= VIEWS && oldest !== undefined) this.#views.delete(oldest)
    this.#views.set(key, view)
    return view
  }

  #filter({ variant, ...rest }: StatedFilter): LogFilter {
    if (variant === undefined) return rest as LogFilter
    const wanted = new Set(variant)
    const ways = this.variants.variants.filter((_, place) => wanted.has(this.variantNames[place] as string))
    return { ...(rest as LogFilter), variant: ways.map(({ activities }) => this.#sequence(activities)) }
  }
}
