import type { AnyNode, CallExpression, Expression, NewExpression, SpreadElement } from 'acorn'
import { declare } from './assignments.ts'
import { initialiseFields } from './classes.ts'
import type { Engine } from './engine.ts'
import { evaluate, isChained, member } from './expressions.ts'
import { hoist } from './hoisting.ts'
import { listed } from './iteration.ts'
import { promiseOf } from './promises.ts'
import { type Frame, Scope } from './scope.ts'
import { runBody } from './statements.ts'
import { type Code, Thing, Thrown, UNKNOWN, type Value } from './values.ts'

/** Under so many unknown conditions nothing is followed any more: each doubles the ways. */
const MOST_LEVELS = 3

export function call(engine: Engine, node: CallExpression, scope: Scope): Value {
  if (node.callee.type === 'Super') return superCall(engine, node, scope)
  const { base, value: callee } =
    node.callee.type === 'MemberExpression'
      ? member(engine, node.callee, scope)
      : { base: undefined, value: evaluate(engine, node.callee, scope) }
  if ((callee === undefined || callee === null) && (node.optional || isChained(node.callee))) return undefined
  const parameters = parametersOf(engine, node.arguments, scope)
  engine.at = node.start
  return awaited(engine, parameters) ?? callFunction(engine, callee, base, parameters, nameOf(node.callee))
}

/**
 * `__awaiter(this, void 0, void 0, function* () {…})`: TypeScript's `async` functions for old engines, whose `yield` is
 * `await`. Absent for any other call.
 */
function awaited(engine: Engine, [self, given, promise, work, ...more]: readonly Value[]): Value | undefined {
  const code = work instanceof Thing && work.call !== undefined && 'node' in work.call ? work.call : undefined
  if (code === undefined || !isGenerator(code.node) || promise !== undefined || more.length > 0) return undefined
  const parameters = given instanceof Thing ? (given.items ?? []) : []
  return promiseOf(engine, () => runCode(engine, work as Thing, code, { self }, parameters, undefined, true))
}

function isGenerator(node: AnyNode): boolean {
  return 'generator' in node && node.generator === true
}

function nameOf(node: AnyNode): string {
  if (node.type === 'Identifier') return node.name
  if (node.type === 'MemberExpression' && !node.computed && node.property.type === 'Identifier')
    return `${nameOf(node.object)}.${node.property.name}`
  return '(…)'
}

function parametersOf(engine: Engine, given: readonly (Expression | SpreadElement)[], scope: Scope): readonly Value[] {
  return given.flatMap((one) => {
    if (one.type !== 'SpreadElement') return [evaluate(engine, one, scope)]
    // However many there are: the next ones are not known.
    const { items, isOpen } = listed(engine, evaluate(engine, one.argument, scope))
    return isOpen ? [...items, ...Array<Value>(8).fill(UNKNOWN)] : items
  })
}

export function callFunction(
  engine: Engine,
  callee: Value,
  self: Value,
  parameters: readonly Value[],
  name = 'it',
): Value {
  if (callee === UNKNOWN) {
    mayCall(engine, parameters)
    return UNKNOWN
  }
  if (!(callee instanceof Thing) || callee.call === undefined) {
    if (callee instanceof Thing && callee.opaque) return UNKNOWN
    return engine.mistake('TypeError', `${name} is not a function`)
  }
  if ('native' in callee.call) return callee.call.native(self, parameters)
  if (callee.call.fields !== undefined || engine.level > MOST_LEVELS) return UNKNOWN
  return runCode(engine, callee, callee.call, { self }, parameters)
}

/** Whoever gets a function may call it, and may add to an object. */
function mayCall(engine: Engine, parameters: readonly Value[]): void {
  for (const one of parameters)
    if (one instanceof Thing && one.items === undefined && one.call === undefined && !one.isError) one.opaque = true
  if (engine.level > 0) return
  for (const one of parameters)
    if (one instanceof Thing && one.call !== undefined && 'node' in one.call)
      engine.maybe(() => callFunction(engine, one, UNKNOWN, [UNKNOWN, UNKNOWN, UNKNOWN]))
}

export function construct(engine: Engine, callee: Value, parameters: readonly Value[], target?: Thing): Value {
  if (!(callee instanceof Thing) || callee.call === undefined) {
    mayCall(engine, parameters)
    if (callee === UNKNOWN || (callee instanceof Thing && callee.opaque)) return UNKNOWN
    return engine.mistake('TypeError', 'it is not a constructor')
  }
  const newTarget = target ?? callee
  if ('native' in callee.call) return callee.call.native(undefined, parameters, newTarget)
  if (engine.level > MOST_LEVELS) return UNKNOWN
  const holder: { self: Value } = { self: undefined }
  if (callee.call.derived !== true) {
    holder.self = instance(engine, newTarget)
    initialiseFields(engine, callee, holder.self)
  }
  const result = runCode(engine, callee, callee.call, holder, parameters, newTarget)
  return result instanceof Thing ? result : holder.self === undefined ? UNKNOWN : holder.self
}

export function instance(engine: Engine, newTarget: Thing): Thing {
  const proto = newTarget.properties.get('prototype')?.value
  return new Thing(proto instanceof Thing ? proto : engine.prototypes.object, engine.level)
}

export function newExpression(engine: Engine, node: NewExpression, scope: Scope): Value {
  const callee = evaluate(engine, node.callee, scope)
  return construct(engine, callee, parametersOf(engine, node.arguments, scope))
}

function superCall(engine: Engine, node: CallExpression, scope: Scope): Value {
  const { frame } = scope
  const parameters = parametersOf(engine, node.arguments, scope)
  const { callee, newTarget, holder } = frame
  if (callee === undefined || newTarget === undefined) return UNKNOWN
  const made = callee.proto instanceof Thing ? construct(engine, callee.proto, parameters, newTarget) : UNKNOWN
  holder.self = made instanceof Thing ? made : instance(engine, newTarget)
  if (made === UNKNOWN && holder.self instanceof Thing) holder.self.opaque = true
  initialiseFields(engine, callee, holder.self)
  return holder.self
}

/** Runs the body of a function of a script. */
function runCode(
  engine: Engine,
  callee: Thing,
  { node, scope, home }: Code,
  holder: { self: Value },
  parameters: readonly Value[],
  newTarget?: Thing,
  isAwaited = false,
): Value {
  if (!('params' in node) || (isGenerator(node) && !isAwaited)) return UNKNOWN
  const isArrow = node.type === 'ArrowFunctionExpression'
  const around = scope.frame
  const frame: Frame = isArrow
    ? { ...around, mayHaveReturned: false, isAsync: node.async }
    : {
        path: around.path,
        holder,
        callee,
        ...(home !== undefined && { home }),
        ...(newTarget !== undefined && { newTarget }),
        mayHaveReturned: false,
        isAsync: node.async === true,
      }
  if (node.async !== true) return inFrame()
  return promiseOf(engine, inFrame)

  function inFrame(): Value {
    const { path, at, guards } = engine
    engine.enter()
    try {
      engine.path = frame.path
      const inner = new Scope(scope, frame, engine.level, true)
      if (!isArrow) declareArguments(engine, inner, parameters)
      for (const [index, parameter] of node_params().entries())
        if (parameter.type === 'RestElement')
          declare(engine, parameter.argument, engine.array(parameters.slice(index)), inner)
        else declare(engine, parameter, parameters[index], inner)
      if (node_body().type !== 'BlockStatement') return evaluate(engine, node_body(), inner)
      const block = node_body() as AnyNode & { type: 'BlockStatement' }
      hoist(engine, block.body, inner)
      const done = runBody(engine, block.body, inner)
      if (frame.mayHaveReturned) return UNKNOWN
      return done?.kind === 'return' ? done.value : undefined
    } catch (error) {
      // It may have returned before.
      if (error instanceof Thrown && frame.mayHaveReturned) return UNKNOWN
      throw error
    } finally {
      engine.calls--
      engine.path = path
      engine.at = at
      engine.guards = guards
    }
  }

  function node_params() {
    return (node as AnyNode & { type: 'FunctionExpression' }).params
  }
  function node_body() {
    return (node as AnyNode & { type: 'FunctionExpression' }).body as AnyNode
  }
}

function declareArguments(engine: Engine, scope: Scope, parameters: readonly Value[]): void {
  let list: Thing | undefined
  scope.declareLive('arguments', () => {
    list ??= engine.array([...parameters])
    return list
  })
}
