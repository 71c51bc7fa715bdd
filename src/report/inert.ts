/**
 * What GitHub makes active in text beyond the specification of its Markdown, and how it is kept from that: mentions
 * (`@me`), references (`#1`, `GH-1`, `owner/repo#1`, `me@a1b2c3d`), bare commits, addresses (`www.`, `https://`,
 * `me@example.com`), emoji (`:smile:`) and mathematics (`$x$`). Sources: "Autolinked references and URLs" and "Writing
 * mathematical expressions" of GitHub's documentation, GFM § 6.9. Inside of code none of it is looked for but addresses.
 */

const ZERO_WIDTH_SPACE = '\u200b'

/** Where the beginning of something active is to be parted from its rest. */
const SEAMS = /@|#(?=\d)|(?<=GH)-(?=\d)|:(?=\/\/)|(?<=www)(?=\.)|:(?=[\w+\\-]+(?::|$))/gi
/** GitHub links 7 to 40 digits when a commit of the repository begins like that. */
const COMMIT = /(?<!\w)[0-9a-f]{7,40}(?!\w)/gi
/** Parts that are too short to be one. */
const PARTS = /[0-9a-f]{4}(?=[0-9a-f])/gi

const ADDRESS = /:(?=\/\/)|(?<=www)(?=\.)/gi

/** Plain text in which GitHub finds no address, which is all that it looks for in an annotation. */
export function withoutLinks(text: string): string {
  return text.replace(ADDRESS, (seam) => `${seam}${ZERO_WIDTH_SPACE}`)
}

/** No HTML begins or ends in it. */
export function htmlEscaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Escaped text of a line with nothing active in it. What looks like a commit stands as code, a long number in parts. */
export function inert(escaped: string): string {
  return withoutSeams(escaped, (digits) => (/\D/.test(digits) ? `<code>${digits}</code>` : inParts(digits)))
}

/** The same for narrow tables: also what looks like a commit may be broken. */
export function breakableInert(escaped: string): string {
  return withoutSeams(escaped, inParts)
}

function withoutSeams(escaped: string, commit: (digits: string) => string): string {
  return (
    escaped
      .replace(SEAMS, (seam) => `${seam}${ZERO_WIDTH_SPACE}`)
      .replace(COMMIT, commit)
      // A backslash does not keep GitHub from reading it as mathematics; its documentation asks for this.
      .replaceAll('$', '<span>$</span>')
  )
}

function inParts(digits: string): string {
  return digits.replace(PARTS, '$&<wbr>')
}

/** The same for the inside of `<code>`, which may be broken after `/`, `:`, `.`, `-` and `@` and is copied whole. */
export function breakableCodeText(escaped: string): string {
  return escaped
    .replace(SEAMS, (seam) => `${seam}<wbr>`)
    .replace(/[^ <>]{9,}/g, (word) => word.split(/(?<=[/:.@-])(?=[^/:.@-])/).join('<wbr>'))
    .replaceAll('<wbr><wbr>', '<wbr>')
}
