// The number of a finding, FX-2026-000123-7: year, serial and a check digit, so that a slip in typing is noticed.

/** Check digit of decimal digits by ISO/IEC 7064, MOD 11,10: finds every single wrong digit and almost every swap. */
export function checkDigit(digits: string): number {
  let product = 10
  for (const digit of digits) {
    const sum = (product + Number(digit)) % 10
    product = ((sum === 0 ? 10 : sum) * 2) % 11
  }
  return (11 - product) % 10
}

/** The number of the serial-th finding of a year; serials grow beyond six digits without harm. */
export function findingNumber(year: number, serial: number): string {
  const digits = `${String(year).padStart(4, '0')}${String(serial).padStart(6, '0')}`
  return `FX-${digits.slice(0, 4)}-${digits.slice(4)}-${checkDigit(digits)}`
}

const shape = /^FX-(\d{4})-(\d{6,})-(\d)$/

/** Whether a text is a finding's number with its right check digit. */
export function isFindingNumber(text: string): boolean {
  const parts = shape.exec(text)
  return parts !== null && checkDigit(`${parts[1]}${parts[2]}`) === Number(parts[3])
}
