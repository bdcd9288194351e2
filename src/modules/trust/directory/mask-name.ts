/** A person's name as others see it: 张明 → 张*, 张小明 → 张*明, Ann Lee → A** ***. */
export function maskName(name: string): string {
  const signs = [...name.trim()]
  if (!/^\p{Script=Han}/u.test(name.trim())) {
    return signs.map((sign, index) => (index === 0 || sign === ' ' ? sign : '*')).join('')
  }
  if (signs.length <= 2) return `${signs[0] ?? ''}*`
  return `${signs[0]}${'*'.repeat(signs.length - 2)}${signs.at(-1)}`
}
