import type { ZipOddityKind } from '../../ports/layer-files.ts'
import type { Level } from '../check.ts'

/** How one kind of odd entry is told. */
type Told = {
  readonly level: Exclude<Level, 'note'>
  /** What `n entries` do: after the number. */
  readonly says: (one: boolean) => string
  readonly expected: string
  readonly help: string
}

export const PACK_AGAIN = 'Pack the folder again from inside of it.\n(cd layer && zip -qry ../layer.zip .)'

export const ODDITIES: { readonly [Kind in ZipOddityKind]?: Told } = {
  parent: {
    level: 'error',
    says: (one) =>
      `${one ? 'leads' : 'lead'} out of the layer with \`..\`: unpackers refuse the zip or write elsewhere`,
    expected: 'names below the root of the layer',
    help: PACK_AGAIN,
  },
  absolute: {
    level: 'error',
    says: (one) =>
      `${one ? 'has an absolute name' : 'have absolute names'}: unpackers refuse the zip or write elsewhere`,
    expected: 'names without a slash or drive in front',
    help: PACK_AGAIN,
  },
  backslash: {
    level: 'error',
    says: (one) =>
      `${one ? 'has' : 'have'} backslashes where folders are meant: on Linux ${one ? 'it becomes a file' : 'they become files'} with a backslash in the name`,
    expected: '`/` between folders, as the zip format wants',
    help: 'Pack with a tool that writes slashes (.NET before 4.6.1 and old PowerShell do not).\ntar -a -c -f layer.zip -C layer .',
  },
  empty: {
    level: 'error',
    says: (one) => `${one ? 'has no name' : 'have no names'} that a file can have`,
    expected: 'a name',
    help: PACK_AGAIN,
  },
  'file-as-folder': {
    level: 'error',
    says: (one) => `${one ? 'lies' : 'lie'} below a path that is no folder: not both can be unpacked`,
    expected: 'folders above files',
    help: PACK_AGAIN,
  },
  encrypted: {
    level: 'error',
    says: (one) => `${one ? 'is' : 'are'} encrypted: Lambda has no password`,
    expected: 'entries that are not encrypted',
    help: PACK_AGAIN,
  },
  damaged: {
    level: 'error',
    says: (one) => `${one ? 'is' : 'are'} damaged: what unpacks is not what was packed, or nothing`,
    expected: 'content that has the size and checksum its entry states',
    help: 'Make the zip again, and look whether an upload or Git changed it.\nunzip -t layer.zip',
  },
  duplicate: {
    level: 'warning',
    says: (one) => `${one ? 'stands' : 'stand'} in the zip more than once: which one stays is up to the unpacker`,
    expected: 'one entry for each file',
    help: `Remove the zip before it is packed again: \`zip -r\` adds to one that is there.\nrm -f layer.zip && (cd layer && zip -qry ../layer.zip .)`,
  },
  'case-collision': {
    level: 'warning',
    says: (one) => `${one ? 'differs' : 'differ'} from another only in upper and lower case`,
    expected: 'names that differ on every file system',
    help: 'Rename one of them: who unpacks the layer on macOS or Windows gets one file for both.',
  },
  method: {
    level: 'warning',
    says: (one) =>
      `${one ? 'is' : 'are'} neither stored nor deflated, so that most unpackers cannot read ${one ? 'it' : 'them'}`,
    expected: 'method 0 (stored) or 8 (deflate)',
    help: `Pack with deflate.\n(cd layer && zip -qry -Z deflate ../layer.zip .)`,
  },
  special: {
    level: 'warning',
    says: (one) => `${one ? 'is a device, pipe or socket' : 'are devices, pipes or sockets'}, which nobody can load`,
    expected: 'files, folders and links',
    help: PACK_AGAIN,
  },
  'not-utf8': {
    level: 'warning',
    says: (one) =>
      `${one ? 'has a name that is' : 'have names that are'} not UTF-8: what ${one ? 'it is' : 'they are'} called when unpacked is up to the unpacker`,
    expected: 'UTF-8',
    help: 'Rename them, or pack on a system with a UTF-8 locale.\nLC_ALL=C.UTF-8 zip -qry layer.zip .',
  },
}
