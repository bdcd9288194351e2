import { expect, test } from 'vitest'
import { closers } from './closers.ts'

const pause = (ms: number): Promise<void> => new Promise((wake) => setTimeout(wake, ms))

test('what was opened last is closed first, each once, however often the stop is asked for', async () => {
  const open = closers()
  const order: string[] = []
  for (const name of ['store', 'queue', 'server']) {
    open.add(async () => {
      await pause(5)
      order.push(name)
    })
  }
  expect(open.closing).toBe(false)
  await Promise.all([open.closeAll(() => {}), open.closeAll(() => {})])
  expect(open.closing).toBe(true)
  expect(order).toEqual(['server', 'queue', 'store'])
})

test('one that fails to close is reported and keeps no other open', async () => {
  const open = closers()
  const closed: string[] = []
  const reported: unknown[] = []
  open.add(async () => closed.push('store'))
  open.add(() => Promise.reject(new Error('stuck')))
  await open.closeAll((error) => reported.push(error))
  expect(closed).toEqual(['store'])
  expect(reported).toEqual([new Error('stuck')])
})

test('what is opened while all is being closed is closed too, before the stop is done', async () => {
  const open = closers()
  const closed: string[] = []
  open.add(() => pause(20))
  const stopped = open.closeAll(() => {})
  open.add(async () => {
    await pause(20)
    closed.push('late')
  })
  await stopped
  expect(closed).toEqual(['late'])
})
