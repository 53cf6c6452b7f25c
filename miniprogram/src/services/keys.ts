/**
 * A key that no other attempt, person or phone has: the time and 80 random bits. It need not be secret:
 * the server keeps keys apart by person.
 */
export function newKey(): string {
  const digits = Array.from({ length: 16 }, () => Math.floor(Math.random() * 32).toString(32)).join('')
  return `${Date.now().toString(32)}-${digits}`
}
