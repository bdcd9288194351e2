import { spawnSync } from 'node:child_process'
import { chown, lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** PostgreSQL refuses to run as root: how its programs are started instead, and who then owns their files. */
export interface Identity {
  readonly kind: 'self' | 'user-namespace' | 'nobody'
  /** Words before the program's own. */
  readonly before: readonly string[]
  /** The user id that must own the data, as this process sees it. */
  readonly owner: number
  readonly group: number
}

const nobody = 65534

const works = (command: string, args: readonly string[]): boolean =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0

/** Where `setpriv` is there, the server ends with the process that started it, even with one that was killed. */
const endWithParent = (): readonly string[] =>
  works('setpriv', ['--pdeathsig', 'INT', 'true']) ? ['setpriv', '--pdeathsig', 'INT', '--'] : []

/**
 * An ordinary user runs PostgreSQL as itself. Root runs it in a user namespace in which it has another number;
 * where namespaces are forbidden (some containers), as `nobody`, who keeps only the right to pass through folders.
 */
export function findIdentity(
  user = process.getuid?.() ?? -1,
  can: (command: string, args: readonly string[]) => boolean = works,
): Identity {
  if (user !== 0) return { kind: 'self', before: endWithParent(), owner: user, group: process.getgid?.() ?? -1 }
  const namespace = ['-U', '--map-user=1000', '--map-group=1000', '--']
  if (can('unshare', [...namespace, 'true'])) {
    return { kind: 'user-namespace', before: ['unshare', ...namespace, ...endWithParent()], owner: 0, group: 0 }
  }
  const drop = [`--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups']
  const pass = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override']
  const flags = can('setpriv', [...drop, ...pass, 'true']) ? [...drop, ...pass] : drop
  return { kind: 'nobody', before: ['setpriv', ...flags, '--pdeathsig', 'INT', '--'], owner: nobody, group: nobody }
}

/** Gives a folder and all below it to the identity's owner; does nothing where it is already theirs. */
export async function giveTo(identity: Identity, folder: string): Promise<void> {
  const { uid } = await lstat(folder)
  if (uid === identity.owner) return
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await giveTo(identity, path)
    else await chown(path, identity.owner, identity.group)
  }
  // The folder itself comes last: a run that is cut short begins again at its top.
  await chown(folder, identity.owner, identity.group)
}
