import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import { parseJsonTemplate } from './parse-json-template.ts'
import type { MapNode, ScalarNode, TemplateNode } from './template-node.ts'
import { plainScalar } from './yaml-scalar.ts'

/** What is wrong with a template's text; `line` from 1, where one is to blame. */
export type TemplateFault = { readonly line?: number; readonly why: string }
export type ParsedTemplate = { readonly root: TemplateNode } | { readonly faults: readonly TemplateFault[] }

/** CloudFormation takes 1 MB (its quota for a template in an S3 object); what is read here may be commented. */
export const LARGEST_TEMPLATE = 2 * 1024 * 1024
const DEEPEST = 100
// Merge keys copy entries, and nothing else of YAML multiplies here.
const MOST_MERGED = 100_000
const MOST_FAULTS = 5

/** The text of a YAML or JSON template as data. Never throws; time and memory grow with the text, whatever its aliases. */
export function parseTemplate(text: string): ParsedTemplate {
  const json = /^\s*\{/.test(text) ? parseJsonTemplate(text) : undefined
  // YAML has braces too.
  return json ?? parseYamlTemplate(text)
}

function parseYamlTemplate(text: string): ParsedTemplate {
  const lines = new LineCounter()
  const lineAt = (offset: number | undefined) => lines.linePos(offset ?? 0).line
  let document: Document.Parsed
  try {
    document = parseDocument(text.replace(/^\uFEFF/, ''), {
      lineCounter: lines,
      prettyErrors: false,
      schema: 'failsafe',
      // Looked for below, in one pass: the library compares every key of a map with every other.
      uniqueKeys: false,
      logLevel: 'error',
    })
  } catch (error) {
    if (error instanceof RangeError) return { faults: [{ why: TOO_DEEP }] }
    throw error
  }
  // What follows the first is mostly its consequence.
  const [error] = document.errors
  if (error !== undefined) {
    // The library tells of its own recursion this way too.
    const why =
      error.code === 'MULTIPLE_DOCS'
        ? 'A second YAML document begins here, and a template is one.'
        : /call stack/.test(error.message)
          ? TOO_DEEP
          : sentence(error.message)
    return { faults: [{ line: lineAt(error.pos[0]), why }] }
  }
  if (document.contents === null) return { faults: [{ why: 'The file is empty.' }] }
  return convert(document.contents, lineAt)
}

/** Raised inside `convert` for what makes the rest pointless. */
class Unreadable extends Error {
  readonly fault: TemplateFault
  constructor(fault: TemplateFault) {
    super(fault.why)
    this.fault = fault
  }
}

function convert(contents: Node, lineAt: (offset: number | undefined) => number): ParsedTemplate {
  const faults: TemplateFault[] = []
  const anchors = new Map<string, TemplateNode | 'open'>()
  // Levels below a node: what an alias brings in counts like what is written.
  const heights = new Map<TemplateNode, number>()
  let merged = 0

  /** `at`: the line of its key, where a map or list begins for whoever looks for it. */
  function node(source: unknown, depth: number, at?: number): TemplateNode {
    const own = isNode(source) ? lineAt(source.range?.[0]) : 1
    const line = isMap(source) || isSeq(source) ? (at ?? own) : own
    if (depth > DEEPEST) throw new Unreadable({ line, why: TOO_DEEP })
    if (isAlias(source)) return aliased(source.source, line, depth)
    const anchor = (isScalar(source) || isMap(source) || isSeq(source)) && source.anchor
    if (anchor) anchors.set(anchor, 'open')
    const result = tagged(source, line, depth)
    if (anchor) anchors.set(anchor, result)
    heights.set(result, 1 + childrenOf(result).reduce((most, one) => Math.max(most, heights.get(one) ?? 1), 0))
    return result
  }

  function aliased(name: string, line: number, depth: number): TemplateNode {
    const target = anchors.get(name)
    if (target === undefined) throw new Unreadable({ line, why: `There is no anchor \`&${name}\` before it.` })
    if (target === 'open') throw new Unreadable({ line, why: `The anchor \`&${name}\` contains itself.` })
    if (depth + (heights.get(target) ?? 0) > DEEPEST) throw new Unreadable({ line, why: TOO_DEEP })
    return target
  }

  /** A short tag becomes the one entry of a map, as CloudFormation's long form has it. */
  function tagged(source: unknown, line: number, depth: number): TemplateNode {
    const plain = untagged(source, line, depth)
    const tag = isNode(source) ? source.tag : undefined
    if (tag === undefined || !/^![^!]/.test(tag)) return plain
    const name = tag.slice(1)
    const argument = name === 'GetAtt' ? attribute(plain) : plain
    return { kind: 'map', line, entries: new Map([[longForm(name), argument]]) }
  }

  function untagged(source: unknown, line: number, depth: number): TemplateNode {
    if (isSeq(source)) return { kind: 'list', line, items: source.items.map((item) => node(item, depth + 1)) }
    if (isMap(source)) return map(source.items, line, depth)
    return scalar(source, line)
  }

  function map(pairs: readonly { key: unknown; value?: unknown }[], line: number, depth: number): MapNode {
    const entries = new Map<string, TemplateNode>()
    const inherited: TemplateNode[] = []
    for (const { key, value } of pairs) {
      const keyLine = isNode(key) ? lineAt(key.range?.[0]) : line
      const name = isScalar(key) ? String(key.value ?? '') : undefined
      if (name === undefined) throw new Unreadable({ line: keyLine, why: 'A key must be a text.' })
      const content = node(value ?? null, depth + 1, keyLine)
      if (name === '<<' && isScalar(key) && key.type === 'PLAIN') {
        inherited.push(...(content.kind === 'list' ? content.items : [content]))
        continue
      }
      if (entries.has(name)) {
        faults.push({
          line: keyLine,
          why: `The key \`${name}\` stands twice in one map: which one counts is left open.`,
        })
      }
      entries.set(name, content)
    }
    for (const one of inherited) {
      for (const [name, content] of one.kind === 'map' ? one.entries : []) {
        merged += 1
        if (merged > MOST_MERGED) throw new Unreadable({ line, why: 'Its merge keys (`<<`) hold too much.' })
        if (!entries.has(name)) entries.set(name, content)
      }
    }
    return { kind: 'map', line, entries }
  }

  try {
    const root = node(contents, 0)
    return faults.length > 0 ? { faults: faults.slice(0, MOST_FAULTS) } : { root }
  } catch (error) {
    if (error instanceof Unreadable) return { faults: [error.fault] }
    throw error
  }
}

function scalar(source: unknown, line: number): ScalarNode {
  if (!isScalar(source)) return { kind: 'scalar', line, value: null, text: '' }
  const text = String(source.value ?? '')
  // A tag of any kind, also a short one, makes the rest a text.
  const isPlain = source.type === 'PLAIN' && source.tag === undefined
  return { kind: 'scalar', line, value: isPlain ? plainScalar(text) : text, text }
}

/** `!GetAtt Repo.Arn` is `Fn::GetAtt: [Repo, Arn]`; a resource's attribute may itself have dots. */
function attribute(argument: TemplateNode): TemplateNode {
  if (argument.kind !== 'scalar') return argument
  const dot = argument.text.indexOf('.')
  const part = (text: string): ScalarNode => ({ kind: 'scalar', line: argument.line, value: text, text })
  const parts = dot === -1 ? [argument.text] : [argument.text.slice(0, dot), argument.text.slice(dot + 1)]
  return { kind: 'list', line: argument.line, items: parts.map(part) }
}

/** `Ref` and `Condition` are the only functions without a prefix. */
function longForm(name: string): string {
  return name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`
}

function childrenOf(node: TemplateNode): readonly TemplateNode[] {
  if (node.kind === 'scalar') return []
  return node.kind === 'list' ? node.items : [...node.entries.values()]
}

function isNode(value: unknown): value is Node {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value)
}

function sentence(message: string): string {
  const [first = ''] = message.split('\n')
  return /[.!?]$/.test(first) ? first : `${first}.`
}

const TOO_DEEP = `It is nested deeper than ${DEEPEST} levels.`
