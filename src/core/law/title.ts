/** What a law is called in one form: without 中华人民共和国 in front, blanks, or variants of brackets. */
export function shortTitle(title: string): string {
  const plain = title
    .replace(/<!--.*?-->/g, '')
    .replace(/[\s\u3000\u200b]/g, '')
    .replace(/[〈<]/g, '《')
    .replace(/[〉>]/g, '》')
    .replace(/\(/g, '（')
    .replace(/\)/g, '）')
  return plain.replace(/^中华人民共和国(?=.)/, '')
}
