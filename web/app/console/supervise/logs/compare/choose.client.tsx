import { useTranslation } from 'react-i18next'
import type { components } from '../../../../api/generated/schema.d.ts'
import { useOrganName } from '../../../list/organ-names.client.ts'
import { Card } from '../../../ui/page.client.tsx'
import type { LogFilter } from '../filter/filter.client.ts'
import { kinds, type SideKind, type useSides } from './sides.client.ts'

type Facets = components['schemas']['LogFacets']
type Pair = { readonly a: LogFilter; readonly b: LogFilter }

/** The choice of the two sides: two periods, or two units, items, posts. */
export function Choose({
  facets,
  sides,
  a,
  b,
  choose,
}: {
  readonly facets: Facets
  readonly sides: ReturnType<typeof useSides>
  readonly a: LogFilter
  readonly b: LogFilter
  readonly choose: (pair: Pair) => void
}) {
  const { t } = useTranslation('analysis')
  const kind = kinds.find((one) => a[one] !== undefined) ?? 'time'
  return (
    <Card
      title={t('compare.choose')}
      note={t('compare.choose-note')}
      right={
        <span className="seg">
          {sides.kinds.map((one) => (
            <button key={one} type="button" aria-pressed={one === kind} onClick={() => choose(sides.of(one))}>
              {t(`compare.by.${one}`)}
            </button>
          ))}
        </span>
      }
    >
      <div className="sides">
        {(['a', 'b'] as const).map((side) => {
          const own = side === 'a' ? a : b
          const set = (next: LogFilter) => choose(side === 'a' ? { a: next, b } : { a, b: next })
          return (
            <fieldset key={side}>
              <legend>{t(`compare.${side}`)}</legend>
              {kind === 'time' ? (
                <Period facets={facets} side={own} set={set} />
              ) : (
                <Name kind={kind} facets={facets} side={own} set={set} />
              )}
            </fieldset>
          )
        })}
      </div>
    </Card>
  )
}

interface One {
  readonly facets: Facets
  readonly side: LogFilter
  readonly set: (side: LogFilter) => void
}

function Period({ facets, side, set }: One) {
  const { t } = useTranslation('analysis')
  const time = side.time ?? { how: 'starts' as const }
  return (['from', 'to'] as const).map((end) => (
    <label className="line" key={end}>
      {t(`filter.${end}`)}
      <input
        type="date"
        className="ip"
        value={time[end] ?? ''}
        min={facets.firstOn ?? undefined}
        max={facets.lastOn ?? undefined}
        onChange={({ target }) =>
          set({ ...side, time: { ...time, [end]: target.value === '' ? undefined : target.value } })
        }
      />
    </label>
  ))
}

function Name({ kind, facets, side, set }: One & { readonly kind: Exclude<SideKind, 'time'> }) {
  const { t } = useTranslation('analysis')
  const organ = useOrganName()
  return (
    <label className="line">
      {t(`filter.what.${kind}`)}
      <select className="ip" value={side[kind]?.[0] ?? ''} onChange={({ target }) => set({ [kind]: [target.value] })}>
        {facets[kind].map(({ value, cases }) => (
          <option key={value} value={value}>
            {kind === 'organ' ? organ(value) : value} ({cases})
          </option>
        ))}
      </select>
    </label>
  )
}
