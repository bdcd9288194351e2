import { Modal, Switch } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { keysOn, switchKeys } from '../keyboard.client.ts'

const keys = ['/', 'J', 'K', 'Enter', 'G 1', 'G 4', 'G 5', 'G 7', '?', 'Esc'] as const

/** The list of keys, and the switch for those whose reader or assistant uses single keys. */
export function KeysDialog({ open, close }: { readonly open: boolean; readonly close: () => void }) {
  const { t } = useTranslation('console')
  const [on, setOn] = useState(keysOn)
  return (
    <Modal open={open} onCancel={close} footer={null} title={t('keys.title')} destroyOnHidden>
      <dl className="kv keys">
        {keys.map((key) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(`keys.does.${key}`)}</dd>
          </div>
        ))}
      </dl>
      <p className="keys-switch">
        <Switch
          checked={on}
          onChange={(value) => {
            switchKeys(value)
            setOn(value)
          }}
          aria-labelledby="keys-on"
        />{' '}
        <span id="keys-on">{t('keys.on')}</span>
      </p>
    </Modal>
  )
}
