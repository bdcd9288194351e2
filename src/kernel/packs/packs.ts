// The door of kernel/packs: strict YAML, packs and their locks.

export { calendarFile, readCalendar } from './calendars.ts'
export { type LockItem, lockItems, verifyLock, writeLock } from './lock.ts'
export { contentId, listPacks, type Pack, packFile, packsRoot, readPack } from './pack.ts'
export { parseYaml } from './parse-yaml.ts'
export { readYaml } from './read-yaml.ts'
