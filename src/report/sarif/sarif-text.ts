import { plain, shorten } from '../escape.ts'

/**
 * At most so many characters of unknown origin as a SARIF plain text message: brackets followed by a target would be an
 * embedded link (§3.11.6).
 */
export function sarifText(text: string, characters: number): string {
  return shorten(plain(text), characters).replace(/[\\[\]]/g, '\\$&')
}
