/** What is wrong with a link. */
export type LinkFault = 'missing' | 'circle' | 'build-place' | 'store' | 'leaves'

type Words = {
  readonly says: (one: boolean) => string
  readonly expected: string
  readonly help: (layer: boolean, ofNode: boolean) => string
}

const COPY = (layer: boolean, ofNode: boolean): string =>
  ofNode
    ? 'Install packages of the same repository as copies, not as links; or ship what the links lead to, at the same relative place.\nnpm install --install-links'
    : layer
      ? 'Put what it leads to into the layer, at the same relative place; or copy instead of linking.\ncp -rL build/. layer/'
      : 'Copy what it leads to into the image as well; or copy instead of linking.\nRUN cp -rL /build/. /var/task/'

/** How each fault is told. */
export const LINK_FAULTS: { readonly [Fault in LinkFault]: Words } = {
  missing: {
    says: (one) => `${one ? 'leads' : 'lead'} nowhere: the target does not exist when the function runs`,
    expected: 'a target that is there',
    help: COPY,
  },
  circle: {
    says: (one) => `${one ? 'leads' : 'lead'} in a circle`,
    expected: 'an end',
    help: () => 'Remove the link that points back.\nfind . -type l -exec sh -c \'test -e "$1" || echo "$1"\' _ {} \\;',
  },
  'build-place': {
    says: (one) => `${one ? 'leads' : 'lead'} to a folder of the machine that built ${one ? 'it' : 'them'}`,
    expected: 'a relative link to something beside it',
    help: COPY,
  },
  store: {
    says: (one) => `${one ? 'leads' : 'lead'} into a package manager's store that is not there`,
    expected: 'the store, or packages instead of links',
    help: () =>
      'Install without links, or copy the whole `node_modules` with its `.pnpm`.\npnpm install --prod --config.node-linker=hoisted\npnpm deploy --prod --legacy out',
  },
  leaves: {
    says: (one) => `${one ? 'leads' : 'lead'} out of the layer, to what the runtime happens to have`,
    expected: 'a target below `/opt`',
    help: COPY,
  },
}
