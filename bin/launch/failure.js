import { checkout } from './checkout.js'
import { Stop } from './say.js'

/** Causes that a person can put right, by what npm, Node or a build tool says of them. */
const causes = [
  {
    sign: /ENOSPC|EDQUOT|no space left/i,
    zh: `${checkout} 所在的磁盘已满：腾出约 2 GB 空间后重新运行。`,
    en: `The disk that holds ${checkout} is full: free about 2 GB, then run this again.`,
  },
  {
    sign: /EACCES|EPERM|permission denied/i,
    zh: `当前用户无权写入 ${checkout}：换成这个文件夹的主人运行，或给当前用户写权限。`,
    en: `The present user may not write in ${checkout}: run this as its owner, or give this user the right to write.`,
  },
  {
    sign: /EROFS|read-only file system/i,
    zh: `${checkout} 在只读的磁盘上：换一个可写的文件夹。`,
    en: `${checkout} is on a read-only disk: use a folder that can be written.`,
  },
  {
    sign: /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network/i,
    zh: '连不上 npm 的软件源：检查网络或代理（npm config get registry），然后重新运行。',
    en: 'The npm registry cannot be reached: check the network or proxy (npm config get registry), then run this again.',
  },
]

/**
 * The sentence for a step that failed.
 * @param {string} said what the failing program said
 * @param {{ zh: string, en: string }} otherwise the sentence for a cause that nobody can name
 */
export function stopFor(said, otherwise) {
  const cause = causes.find(({ sign }) => sign.test(said))
  return new Stop(cause ?? otherwise)
}
