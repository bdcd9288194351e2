// The door of kernel/packs: strict YAML, packs and their locks.

export { readCalendar } from './calendars.ts'
export { type LockItem, verifyLock, writeLock } from './lock.ts'
export { contentId, type Pack, packsRoot, readPack } from './pack.ts'
export { parseYaml } from './parse-yaml.ts'
export { readYaml } from './read-yaml.ts'
