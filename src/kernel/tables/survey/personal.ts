import type { Bilingual } from '../../../core/refusal/refusal.ts'

/** What kind of personal datum a column seems to hold. */
export type PersonalKind = 'id-card' | 'phone' | 'bank-card' | 'citizen-name' | 'address' | 'free-text'

/** The words for each kind. */
export const personalTexts: Readonly<Record<PersonalKind, Bilingual>> = {
  'id-card': { zh: '身份证号', en: 'identity card numbers' },
  phone: { zh: '电话号码', en: 'telephone numbers' },
  'bank-card': { zh: '银行卡号', en: 'bank card numbers' },
  'citizen-name': { zh: '群众姓名', en: 'names of citizens' },
  address: { zh: '住址', en: 'addresses' },
  'free-text': { zh: '长篇文字（里面可能写有个人信息）', en: 'long texts (which may tell of persons)' },
}

/** A text of more characters is somebody's own words rather than a value. */
const LONG = 80

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** A number of 18 places whose last one is the check character of GB 11643. */
export function isIdCard(text: string): boolean {
  if (!/^[1-9]\d{5}(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dXx]$/.test(text)) return false
  const sum = weights.reduce((total, weight, i) => total + weight * Number(text[i]), 0)
  return '10X98765432'[sum % 11] === text[17]?.toUpperCase()
}

export const isPhone = (text: string): boolean =>
  /^(\+?86[- ]?)?1[3-9]\d{9}$/.test(text) || /^0\d{2,3}-\d{7,8}$/.test(text)

/** Sixteen to nineteen digits that fulfil Luhn's sum. */
export function isBankCard(text: string): boolean {
  const digits = text.replaceAll(' ', '')
  if (!/^[3-6]\d{15,18}$/.test(digits)) return false
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i])
    const doubled = digit * 2
    sum += i % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

const surnames = new Set(
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许邓韩冯曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤',
)

/** Two to four Chinese characters that begin with one of the hundred most frequent surnames, perhaps masked by `*`. */
export const looksLikeName = (text: string): boolean =>
  /^[\u4e00-\u9fff·][\u4e00-\u9fff·*＊某]{1,3}$/.test(text) && surnames.has(text[0] as string)

const citizen =
  /(申请|报案|投诉|举报|留言|反映|来信|来访|联系|当事|被告|法定代表|缴费|受益|户主|参保|患者|学生|家长|监护|收件)(人|者|用户)?(姓名|名称)?$|^(姓名|用户|群众|公民姓名|申请人.*|户主.*|当事人.*|联系人.*)$|citizen|applicant|claimant|patient/i
const idName = /身份证|证件号|公民身份|社会保障号|id.?card/i
const phoneName = /电话|手机|联系方式|phone|mobile/i
const addressName = /住址|家庭地址|户籍地址|通讯地址|home.?address/i

/** Which personal datum a column holds, by what stands in it, or by its name where contents cannot tell. */
export function personalKind(name: string, values: readonly string[]): PersonalKind | null {
  const share = (is: (text: string) => boolean): number =>
    values.length === 0 ? 0 : values.filter((text) => is(text.trim())).length / values.length
  if (share(isIdCard) >= 0.3 || (idName.test(name) && share((text) => /^[\dXx*]{15,18}$/.test(text)) >= 0.3))
    return 'id-card'
  if (share(isPhone) >= 0.3 || (phoneName.test(name) && share((text) => /^[\d+*() -]{7,}$/.test(text)) >= 0.3))
    return 'phone'
  if (share(isBankCard) >= 0.5) return 'bank-card'
  if (addressName.test(name)) return 'address'
  if (citizen.test(name.trim())) return 'citizen-name'
  return share((text) => text.length > LONG) >= 0.3 ? 'free-text' : null
}

/** A person's value as it may be shown on a page: enough to recognise the column, not the person. */
export function shownMasked(text: string): string {
  const letters = [...text]
  if (letters.length <= 4) return `${letters[0] ?? ''}${'*'.repeat(Math.max(1, letters.length - 1))}`
  return `${letters.slice(0, 2).join('')}${'*'.repeat(Math.min(7, letters.length - 4))}${letters.slice(-2).join('')}`
}
