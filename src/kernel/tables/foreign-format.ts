import { type Refusal, refuse } from '../../core/refusal/refusal.ts'

const startsWith = (head: Uint8Array, ...magic: number[]): boolean => magic.every((byte, i) => head[i] === byte)

const ascii = (head: Uint8Array, length: number): string =>
  Buffer.from(head.buffer, head.byteOffset, Math.min(length, head.length)).toString('latin1')

/** dBASE has no magic number: a version byte, a plausible date, and a header whose length fits its 32-byte fields. */
function looksLikeDbf(head: Uint8Array): boolean {
  if (head.length < 68) return false
  const version = head[0] as number
  if (![0x02, 0x03, 0x30, 0x31, 0x32, 0x43, 0x63, 0x83, 0x8b, 0xcb, 0xf5, 0xfb].includes(version)) return false
  const month = head[2] as number
  const day = head[3] as number
  if (month < 1 || month > 12 || day < 1 || day > 31) return false
  const headerLength = (head[8] as number) | ((head[9] as number) << 8)
  return headerLength >= 65 && (headerLength % 32 === 1 || (headerLength - 263) % 32 === 1)
}

/**
 * Says by its first bytes, never by its name, that a file is of a kind that is not read here, and what to do instead;
 * null where it may be text.
 */
export function refuseForeignFormat(file: string, head: Uint8Array): Refusal | null {
  const place = { place: { file } }
  if (head.length === 0) return refuse('table.empty', { file }, place)
  if (startsWith(head, 0xd0, 0xcf, 0x11, 0xe0)) {
    // a workbook with a password is packed into the old format's container
    const locked = Buffer.from(head).includes(Buffer.from('EncryptedPackage', 'utf16le'))
    return refuse(locked ? 'table.workbook-locked' : 'table.old-spreadsheet', { file }, place)
  }
  if (startsWith(head, 0x50, 0x4b, 0x03, 0x04)) return refuse('table.archive', { file, format: 'ZIP' }, place)
  if (startsWith(head, 0x25, 0x50, 0x44, 0x46)) return refuse('table.document', { file, format: 'PDF' }, place)
  if (ascii(head, 5) === '{\\rtf') return refuse('table.document', { file, format: 'RTF' }, place)
  if (startsWith(head, 0x37, 0x7a, 0xbc, 0xaf)) return refuse('table.archive', { file, format: '7z' }, place)
  if (startsWith(head, 0x52, 0x61, 0x72, 0x21)) return refuse('table.archive', { file, format: 'RAR' }, place)
  if (startsWith(head, 0xfd, 0x37, 0x7a, 0x58)) return refuse('table.archive', { file, format: 'XZ' }, place)
  if (startsWith(head, 0x42, 0x5a, 0x68)) return refuse('table.archive', { file, format: 'bzip2' }, place)
  if (startsWith(head, 0x28, 0xb5, 0x2f, 0xfd)) return refuse('table.archive', { file, format: 'Zstandard' }, place)
  if (startsWith(head, 0x1f, 0x8b)) return refuse('table.archive', { file, format: 'gzip-in-gzip' }, place)
  if (ascii(head, 4) === 'PAR1') return refuse('table.not-text', { file, format: 'Parquet' }, place)
  if (ascii(head, 15) === 'SQLite format 3') return refuse('table.not-text', { file, format: 'SQLite' }, place)
  if (Buffer.from(head.subarray(257, 262)).toString('latin1') === 'ustar') {
    return refuse('table.archive', { file, format: 'TAR' }, place)
  }
  if (looksLikeDbf(head)) return refuse('table.dbf', { file }, place)
  return null
}

/** Whether a text begins as a JSON object does, which a table's header never does. */
export const isJsonObject = (text: string): boolean => /^\s*\{\s*["}]/.test(text.slice(0, 2048))

/** Text that is a spreadsheet in disguise (many systems export an HTML table as `.xls`), or a JSON list; null where it is neither. */
export function refuseForeignText(file: string, text: string): Refusal | null {
  const start = text.slice(0, 2048).trimStart()
  const place = { place: { file } }
  if (/^<(!doctype\s+html|html|head|body|table|meta)\b/i.test(start)) return refuse('table.html', { file }, place)
  if (/^MIME-Version:/i.test(start)) return refuse('table.html', { file }, place)
  if (/<\?mso-application\b|<(ss:)?Workbook\b/.test(start)) return refuse('table.old-spreadsheet', { file }, place)
  if (/^\[\s*[[{"\d]/.test(start)) {
    return refuse('table.not-text', { file, format: 'JSON' }, place)
  }
  return null
}
