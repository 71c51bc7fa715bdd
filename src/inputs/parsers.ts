import { nearestNames } from '../nearest-names.ts'
import { commaItems, lineItems, quotableItems } from './list.ts'
import { alternatives } from './problem.ts'

/** Reports one thing that is wrong with an input; `value` names the item when it is not the whole text. */
export type Report = (why: string, value?: string) => void

/** Reads the text of one input, trimmed and not empty. What is wrong goes to `report`; the result then does not count. */
export type Parser<T> = (text: string, report: Report) => T | undefined

export const anyText: Parser<string> = (text) => text

/** YAML 1.2 core schema, as @actions/core reads booleans. */
export const boolean: Parser<boolean> = (text, report) => {
  if (/^(?:true|True|TRUE)$/.test(text)) return true
  if (/^(?:false|False|FALSE)$/.test(text)) return false
  report('Accepted: `true` or `false`.')
  return undefined
}

export function oneOf<const Words extends readonly string[]>(...words: Words): Parser<Words[number]> {
  return (text, report) => {
    if (words.includes(text)) return text
    const [meant] = nearestNames(text, words)
    report(`Accepted: ${alternatives(words)}.${meant === undefined ? '' : ` Did you mean \`${meant}\`?`}`)
    return undefined
  }
}

export function integer(least: number, most: number, unit: string): Parser<number> {
  return (text, report) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
    if (value >= least && value <= most) return value
    report(`Accepted: a whole number from ${least} to ${most} (${unit}).`)
    return undefined
  }
}

export function matching(test: RegExp | ((text: string) => boolean), why: string): Parser<string> {
  const accepts = typeof test === 'function' ? test : (text: string) => test.test(text)
  return (text, report) => {
    if (accepts(text)) return text
    report(why)
    return undefined
  }
}

/** One item per line, each read by `item`; repeated ones once. */
export function lines<T>(item: Parser<T>): Parser<readonly T[]> {
  return (text, report) => readItems(lineItems(text), item, report)
}

/** One item per line or between commas, each read by `item`; repeated ones once. */
export function commaSeparated<T>(item: Parser<T>): Parser<readonly T[]> {
  return (text, report) => readItems(commaItems(text), item, report)
}

/** One item per line or in double quotes, as docker/build-push-action reads them. */
export function quotable<T>(item: Parser<T>): Parser<readonly T[]> {
  return (text, report) => {
    const items = quotableItems(text)
    if (items !== undefined) return readItems(items, item, report)
    report('A double quote at the beginning of an item is never closed; one inside a quoted item is written `""`.')
    return undefined
  }
}

/** `NAME=value` items as an object; a repeated name is an error, since one of the values would be lost. */
export function assignments(name: RegExp, form: string): Parser<Readonly<Record<string, string>>> {
  return (text, report) => {
    const items = quotable(assignment(name, form))(text, report) ?? []
    const names = items.map(([key]) => key)
    for (const repeated of repeatedOf(names)) report(`\`${repeated}\` is given more than once.`, '')
    return Object.fromEntries(items)
  }
}

/** What stands more than once in a list, each once. */
export function repeatedOf(items: readonly string[]): string[] {
  return [...new Set(items.filter((item, index) => items.indexOf(item) !== index))]
}

// A line that is not NAME=value may be one of a secret's: it is told by its number, not quoted.
function assignment(name: RegExp, form: string): Parser<readonly [string, string]> {
  return (text, report) => {
    const equals = text.indexOf('=')
    if (equals !== -1 && name.test(text.slice(0, equals))) return [text.slice(0, equals), text.slice(equals + 1)]
    const why = equals === -1 ? 'it has no `=`' : 'its name is not valid'
    report(`${why}. Accepted: ${form}; a value of several lines in double quotes with its name, \`"NAME=…"\`.`, '')
    return undefined
  }
}

/** Reports carry the item as value, or, when the item's parser hides it with `''`, its number. */
function readItems<T>(texts: readonly string[], item: Parser<T>, report: Report): readonly T[] {
  return texts.flatMap((text, index) => {
    if (texts.indexOf(text) !== index) return []
    const value = item(text, (why, part = text) => report(part === '' ? `Item ${index + 1}: ${why}` : why, part))
    return value === undefined ? [] : [value]
  })
}
