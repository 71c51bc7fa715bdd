/**
 * Top-level modules of CPython's standard library, 3.9 to 3.14 together (sys.stdlib_module_names). Some are compiled into
 * the interpreter, which ones depends on who built it: what has no file is taken to be there.
 */
export const STANDARD_LIBRARY: ReadonlySet<string> = new Set(
  `__future__ __main__ _abc _aix_support _android_support _ast _ast_unparse _asyncio _bisect _blake2 _bootsubprocess _bz2
  _codecs _codecs_cn _codecs_hk _codecs_iso2022 _codecs_jp _codecs_kr _codecs_tw _collections _collections_abc _colorize
  _compat_pickle _compression _contextvars _crypt _csv _ctypes _curses _curses_panel _datetime _dbm _decimal _elementtree
  _frozen_importlib _frozen_importlib_external _functools _gdbm _hashlib _heapq _hmac _imp _interpchannels _interpqueues
  _interpreters _io _ios_support _json _locale _lsprof _lzma _markupbase _md5 _multibytecodec _multiprocessing _opcode
  _opcode_metadata _operator _osx_support _pickle _posixshmem _posixsubprocess _py_abc _py_warnings _pydatetime _pydecimal
  _pyio _pylong _pyrepl _queue _random _remote_debugging _sha1 _sha2 _sha256 _sha3 _sha512 _signal _sitebuiltins _socket
  _sqlite3 _sre _ssl _stat _statistics _string _strptime _struct _suggestions _symtable _sysconfig _sysconfigdata _thread
  _threading_local _tkinter _tokenize _tracemalloc _types _typing _uuid _warnings _weakref _weakrefset _zoneinfo _zstd abc
  aifc annotationlib antigravity argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii binhex
  bisect builtins bz2 cProfile calendar cgi cgitb chunk cmath cmd code codecs codeop collections colorsys compileall
  compression concurrent configparser contextlib contextvars copy copyreg crypt csv ctypes curses dataclasses datetime dbm
  decimal difflib dis distutils doctest email encodings ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch
  formatter fractions ftplib functools gc genericpath getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html
  http idlelib imaplib imghdr imp importlib inspect io ipaddress itertools json keyword lib2to3 linecache locale logging
  lzma mailbox mailcap marshal math mimetypes mmap modulefinder multiprocessing netrc nis nntplib ntpath nturl2path numbers
  opcode operator optparse os ossaudiodev parser pathlib pdb pickle pickletools pipes pkgutil platform plistlib poplib posix
  posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re readline
  reprlib resource rlcompleter runpy sched secrets select selectors shelve shlex shutil signal site smtpd smtplib sndhdr
  socket socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl stat statistics string stringprep struct
  subprocess sunau symbol symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios textwrap this threading
  time timeit tkinter token tokenize tomllib trace traceback tracemalloc tty turtle turtledemo types typing unicodedata
  unittest urllib uu uuid venv warnings wave weakref webbrowser wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib
  zoneinfo`.split(/\s+/),
)

/** The minor version of Python 3 that no longer has them (What's New in Python 3.10, 3.12 and 3.13). */
const REMOVED: readonly (readonly [number, string])[] = [
  [10, 'formatter parser symbol'],
  [11, 'binhex'],
  [12, 'asynchat asyncore distutils imp smtpd'],
  [
    13,
    'aifc audioop cgi cgitb chunk crypt _crypt imghdr lib2to3 mailcap nis nntplib ossaudiodev pipes sndhdr spwd sunau telnetlib uu xdrlib',
  ],
]

/** And that first has them. */
const ADDED: readonly (readonly [number, string])[] = [
  [11, 'tomllib'],
  [14, 'annotationlib compression _zstd'],
]

/** Distributions of Linux put these into packages of their own, or leave them out: without a file they are not there. */
const OPTIONAL = new Set(
  'distutils ensurepip idlelib lib2to3 tkinter _tkinter turtle turtledemo venv dbm.gnu _gdbm _dbm'.split(' '),
)

/** Whether Python 3.`minor` has the module, when its standard library was read and has no file for it. */
export function isBuiltIn(name: string, minor: number): boolean {
  return isStandard(name, minor) && !OPTIONAL.has(name)
}

export function isStandard(name: string, minor: number): boolean {
  if (!STANDARD_LIBRARY.has(name)) return false
  const has = (names: string): boolean => names.split(' ').includes(name)
  return (
    !REMOVED.some(([since, names]) => minor >= since && has(names)) &&
    !ADDED.some(([since, names]) => minor < since && has(names))
  )
}

/** In sys.modules before the first statement of a program, or part of the interpreter in every build. */
export const ALWAYS_LOADED: ReadonlySet<string> = new Set(
  '__main__ _abc _ast _codecs _collections _frozen_importlib _frozen_importlib_external _functools _imp _io _locale _operator _signal _sre _stat _string _symtable _thread _tokenize _tracemalloc _warnings _weakref atexit builtins errno faulthandler gc itertools marshal posix pwd sys time abc codecs encodings genericpath io os posixpath site stat warnings zipimport'.split(
    ' ',
  ),
)
