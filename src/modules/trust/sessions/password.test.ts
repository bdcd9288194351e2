import { describe, expect, test } from 'vitest'
import { hashPassword, isPassword } from './password.ts'

describe('a password', () => {
  test('is known again by its hash, and no other password is', async () => {
    const stored = await hashPassword('阳光 correct horse')
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=47104,t=1,p=1\$/)
    expect(await isPassword('阳光 correct horse', stored)).toBe(true)
    expect(await isPassword('阳光 correct horsf', stored)).toBe(false)
  })

  test('is the same however the keyboard composes its signs', async () => {
    const stored = await hashPassword('caf\u00e9')
    expect(await isPassword('cafe\u0301', stored)).toBe(true)
  })

  test('never has the same hash twice', async () => {
    expect(await hashPassword('one')).not.toBe(await hashPassword('one'))
  })

  test('is judged by the cost that its hash carries, so that a stored hash outlives a change of cost', async () => {
    // Argon2id of "password" with m=65536,t=2,p=1 and the salt "somesalt": the reference implementation's own vector.
    const older = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'
    expect(await isPassword('password', older)).toBe(true)
    expect(await isPassword('differentpassword', older)).toBe(false)
  })

  test('of nobody is never right, and takes as long to deny as a wrong one', async () => {
    const stored = await hashPassword('a')
    const time = async (hash: string | null): Promise<number> => {
      const start = performance.now()
      for (let round = 0; round < 5; round++) expect(await isPassword('b', hash)).toBe(false)
      return performance.now() - start
    }
    const ratio = (await time(null)) / (await time(stored))
    expect(ratio).toBeGreaterThan(0.3)
    expect(ratio).toBeLessThan(3.3)
  })
})
