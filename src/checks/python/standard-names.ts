import { isStandard, STANDARD_LIBRARY } from './standard-library.ts'

type Rows = Readonly<Record<string, readonly (readonly [minor: number, names: string])[]>>

/**
 * Names that modules of the standard library have since Python 3.`minor`, as far as packages import them by `from`
 * ("Changed in version" of the library's documentation and What's New in Python 3.10 to 3.14, read 2026-11-22).
 */
const ADDED: Rows = {
  typing: [
    [10, 'Concatenate ParamSpec ParamSpecArgs ParamSpecKwargs TypeAlias TypeGuard is_typeddict'],
    [
      11,
      'LiteralString Never NotRequired Required Self TypeVarTuple Unpack assert_never assert_type clear_overloads dataclass_transform get_overloads reveal_type',
    ],
    [12, 'TypeAliasType override'],
    [13, 'NoDefault ReadOnly TypeIs get_protocol_members is_protocol'],
    [14, 'evaluate_forward_ref'],
  ],
  types: [
    [10, 'EllipsisType NoneType NotImplementedType UnionType'],
    [12, 'get_original_bases'],
    [13, 'CapsuleType'],
  ],
  asyncio: [
    [11, 'Barrier BrokenBarrierError Runner TaskGroup Timeout timeout timeout_at'],
    [12, 'create_eager_task_factory eager_task_factory'],
    [13, 'QueueShutDown'],
  ],
  calendar: [[12, 'Day Month']],
  'collections.abc': [[12, 'Buffer']],
  contextlib: [
    [10, 'AsyncContextDecorator aclosing'],
    [11, 'chdir'],
  ],
  copy: [[13, 'replace']],
  dataclasses: [[10, 'KW_ONLY']],
  datetime: [[11, 'UTC']],
  enum: [
    [
      11,
      'CONFORM CONTINUOUS EJECT EnumCheck EnumType FlagBoundary KEEP NAMED_FLAGS ReprEnum STRICT StrEnum UNIQUE global_enum member nonmember property verify',
    ],
    [13, 'EnumDict'],
  ],
  functools: [[14, 'Placeholder']],
  hashlib: [[11, 'file_digest']],
  http: [[11, 'HTTPMethod']],
  'importlib.metadata': [[10, 'packages_distributions']],
  inspect: [
    [10, 'get_annotations'],
    [11, 'getmembers_static'],
    [12, 'BufferFlags markcoroutinefunction'],
  ],
  itertools: [
    [10, 'pairwise'],
    [12, 'batched'],
  ],
  math: [
    [11, 'cbrt exp2'],
    [12, 'sumprod'],
    [13, 'fma'],
  ],
  operator: [
    [11, 'call'],
    [14, 'is_none is_not_none'],
  ],
  pathlib: [[13, 'UnsupportedOperation']],
  queue: [[13, 'ShutDown']],
  statistics: [[10, 'correlation covariance linear_regression']],
  sys: [
    [10, 'orig_argv stdlib_module_names'],
    [11, 'exception'],
    [12, 'monitoring'],
  ],
  uuid: [[14, 'uuid6 uuid7 uuid8']],
  warnings: [[13, 'deprecated']],
}

/** And those that they no longer have since then (the same places, "Removed"). */
const REMOVED: Rows = {
  ast: [[14, 'Bytes Ellipsis NameConstant Num Str']],
  asyncio: [
    [11, 'coroutine'],
    [14, 'AbstractChildWatcher FastChildWatcher MultiLoopChildWatcher SafeChildWatcher ThreadedChildWatcher'],
  ],
  collections: [
    [
      10,
      'AsyncGenerator AsyncIterable AsyncIterator Awaitable ByteString Callable Collection Container Coroutine Generator Hashable ItemsView Iterable Iterator KeysView Mapping MappingView MutableMapping MutableSequence MutableSet Reversible Sequence Set Sized ValuesView',
    ],
  ],
  'collections.abc': [[14, 'ByteString']],
  configparser: [[12, 'SafeConfigParser']],
  'importlib.abc': [
    [12, 'Finder'],
    [14, 'ResourceReader Traversable TraversableResources'],
  ],
  inspect: [[11, 'formatargspec getargspec']],
  pkgutil: [
    [12, 'ImpImporter ImpLoader'],
    [14, 'find_loader get_loader'],
  ],
  ssl: [[12, 'RAND_pseudo_bytes match_hostname wrap_socket']],
  typing: [
    [13, 'io re'],
    [14, 'ByteString'],
  ],
  unittest: [[13, 'findTestCases getTestCaseNames makeSuite']],
  'urllib.request': [[14, 'FancyURLopener URLopener']],
}

type Minors = ReadonlyMap<string, ReadonlyMap<string, number>>

/** By module, then by name: every name that code imports is asked for. */
function minorsOf(rows: Rows): Minors {
  return new Map(
    Object.entries(rows).map(([module, since]) => [
      module,
      new Map(since.flatMap(([minor, names]) => names.split(' ').map((name) => [name, minor] as const))),
    ]),
  )
}

const addedIn = minorsOf(ADDED)
const removedIn = minorsOf(REMOVED)

/** For which Pythons somebody wrote who takes for granted what this one does not have. */
export type OtherPython = { readonly made: 'newer' | 'older'; readonly minor: number }

/** Why `from module import name` finds nothing in Python 3.`minor`; `undefined`: it finds it, or nobody can tell. */
export function lackedName(module: string, name: string, minor: number): OtherPython | undefined {
  const added = addedIn.get(module)?.get(name)
  if (added !== undefined && minor < added) return { made: 'newer', minor: added }
  const removed = removedIn.get(module)?.get(name)
  return removed !== undefined && minor >= removed ? { made: 'older', minor: removed - 1 } : undefined
}

/** The same of `import module`. */
export function lackedModule(module: string, minor: number): OtherPython | undefined {
  if (!STANDARD_LIBRARY.has(module) || isStandard(module, minor)) return undefined
  const others = [9, 10, 11, 12, 13, 14].filter((other) => isStandard(module, other))
  const newer = others.find((other) => other > minor)
  const older = others.findLast((other) => other < minor)
  if (newer !== undefined) return { made: 'newer', minor: newer }
  return older === undefined ? undefined : { made: 'older', minor: older }
}
