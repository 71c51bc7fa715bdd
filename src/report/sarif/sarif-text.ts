import { plain } from '../escape.ts'

/** Text of unknown origin as a SARIF plain text message: brackets followed by a target would be an embedded link (§3.11.6). */
export function sarifText(text: string): string {
  return plain(text).replace(/[\\[\]]/g, '\\$&')
}
